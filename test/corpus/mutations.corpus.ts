/**
 * Files that were damaged by chance. `npm run test:corpus -- --seed 17 --count 1 test/corpus/mutations.corpus.ts` makes the one
 * with that seed again; without them they are the first 50, or in the long run the first 1,000.
 */
import { mutation } from './mutations.ts'
import { isLongRun, testCorpus } from './test-corpus.ts'

const first = Number(process.env['CORPUS_SEED'] ?? 0)
const count = Number(process.env['CORPUS_COUNT'] ?? (isLongRun ? 1_000 : 50))
const mutations = Array.from({ length: count }, (_, index) => mutation(first + index, true))

testCorpus('mutations', mutations, { takesFrame: true })
