/** Files as people have them: each becomes the MP3 that it should, or is refused for the reason that it should. */
import { containerFiles } from '#test/corpus/container-files.ts'
import { refusedFiles } from '#test/corpus/refused-files.ts'
import { testCorpus } from '#test/corpus/test-corpus.ts'

testCorpus('containers and codecs', containerFiles())
testCorpus('what is not decoded or read', refusedFiles())
