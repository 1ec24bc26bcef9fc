/** Files that are easily got wrong without a word: each becomes what a careful player gives of it, or is refused by its name. */
import { matroskaChapters } from '#test/corpus/hard/matroska-chapters.ts'
import { clockFiles } from '#test/corpus/hard/clock-files.ts'
import { editFiles } from '#test/corpus/hard/edit-files.ts'
import { plainFiles } from '#test/corpus/hard/plain-files.ts'
import { taggedFiles } from '#test/corpus/hard/tagged-files.ts'
import { trackFiles } from '#test/corpus/hard/track-files.ts'
import { testHardFiles } from '#test/corpus/hard/test-hard-files.ts'

testHardFiles('files with nothing odd', plainFiles())
testHardFiles('files with tags as people left them', [...taggedFiles(), ...matroskaChapters()])
testHardFiles('files whose clock is odd', clockFiles())
testHardFiles('files that are heard in part', editFiles())
testHardFiles('files of several tracks and channels', trackFiles())
