/**
 * Files that were damaged by chance. `npm run test:corpus -- --seed 17 --count 1 test/corpus/mutations.corpus.ts` makes the one
 * with that seed again; without them they are one or two of each kind of file, or in the long run a hundred.
 */
import { kindsOfMutations, mutation } from './mutations.ts'
import { isLongRun, testCorpus } from './test-corpus.ts'

const first = Number(process.env['CORPUS_SEED'] ?? 0)
const count = Number(process.env['CORPUS_COUNT'] ?? (isLongRun ? 100 * kindsOfMutations : 50))
const mutations = Array.from({ length: count }, (_, index) => mutation(first + index, true))

testCorpus('mutations', mutations, { takesFrame: true })
