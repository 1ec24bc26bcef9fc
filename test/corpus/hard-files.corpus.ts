/** Files that are easily got wrong without a word: each becomes what a careful player gives of it, or is refused by its name. */
import { matroskaChapters } from '#test/corpus/hard/matroska-chapters.ts'
import { plainFiles } from '#test/corpus/hard/plain-files.ts'
import { taggedFiles } from '#test/corpus/hard/tagged-files.ts'
import { testHardFiles } from '#test/corpus/hard/test-hard-files.ts'

testHardFiles('files with nothing odd', plainFiles())
testHardFiles('files with tags as people left them', [...taggedFiles(), ...matroskaChapters()])
