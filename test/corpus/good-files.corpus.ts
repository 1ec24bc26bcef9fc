/** Files as people have them: each becomes the MP3 that it should, or is refused for the reason that it should. */
import { containerFiles } from '#test/corpus/container-files.ts'
import { oddSounds } from '#test/corpus/odd-sounds.ts'
import { oddStreams } from '#test/corpus/odd-streams.ts'
import { oddTimelines } from '#test/corpus/odd-timelines.ts'
import { realFiles } from '#test/corpus/real-files.ts'
import { refusedFiles } from '#test/corpus/refused-files.ts'
import { testCorpus } from '#test/corpus/test-corpus.ts'

testCorpus('containers and codecs', containerFiles())
testCorpus('odd sounds', oddSounds())
testCorpus('odd streams', oddStreams())
testCorpus('odd timelines', oddTimelines())
testCorpus('files that others made', await realFiles())
testCorpus('what is not decoded or read', refusedFiles())
