/** The verbs that test: `test [PATH...]`, and the suites of their own, as `faults [--long]`. */
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { runVerb } from '#infra/local/run-verb.ts'
import { isSuite, runSuiteOnServers, runTests } from './run-tests.ts'

const [verb, ...args] = process.argv.slice(2)
await runVerb(async () => {
  if (verb === 'test') return await runTests(args)
  if (isSuite(verb)) return await runSuiteOnServers(verb, args)
  throw new SetUpError('Usage: npm test, npm run test:attacks, npm run test:faults or npm run test:corpus')
})
