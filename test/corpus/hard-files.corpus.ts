/** Files that are easily got wrong without a word: each becomes what a careful player gives of it, or is refused by its name. */
import { allHardFiles } from '#test/corpus/hard/all-hard-files.ts'
import { testHardFiles } from '#test/corpus/hard/test-hard-files.ts'

for (const [group, files] of Object.entries(allHardFiles())) testHardFiles(group, files)
