/** Files as people have them: each becomes the MP3 that it should, or is refused for the reason that it should. */
import { containerFiles } from './container-files.ts'
import { oddAudio } from './odd-audio.ts'
import { oddStreams } from './odd-streams.ts'
import { oddTimelines } from './odd-timelines.ts'
import { realFiles } from './real-files.ts'
import { refusedFiles } from './refused-files.ts'
import { sampleFiles } from './sample-files.ts'
import { testCorpus } from './test-corpus.ts'

testCorpus('containers and codecs', containerFiles())
testCorpus('odd audio', oddAudio())
testCorpus('odd streams', oddStreams())
testCorpus('odd timelines', oddTimelines())
testCorpus('codecs without an encoder', sampleFiles())
testCorpus('files that others made', await realFiles())
testCorpus('what is not decoded or read', refusedFiles())
