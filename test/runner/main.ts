/** The verbs that test: `test [PATH...]`, and `faults` and `corpus [--long]`. */
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { runVerb } from '#infra/local/run-verb.ts'
import { runSuiteOnServers, runTests } from './run-tests.ts'

const [verb, ...args] = process.argv.slice(2)
await runVerb(async () => {
  if (verb === 'test') return await runTests(args)
  if (verb === 'faults' || verb === 'corpus') return await runSuiteOnServers(verb, args)
  throw new SetUpError('Usage: npm test, npm run test:faults or npm run test:corpus')
})
