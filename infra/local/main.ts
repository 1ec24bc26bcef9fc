/** The verbs of the local system: `setup`, `start [FILE...] [--exit]`, `test [PATH...]`, `faults` and `corpus [--long]`, `earshot COMMAND...`. */
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { callerDirectory, checkout } from './layout.ts'
import { setUp } from './set-up.ts'
import { SetUpError } from './set-up-error.ts'
import { start } from './start.ts'
import { createSteps } from './steps.ts'
import { runSuite, runTests } from './run-tests.ts'
import { useLocalSystem } from './use-local-system.ts'

const [verb, ...args] = process.argv.slice(2)
// A closed terminal must not keep what was started from being stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
try {
  if (verb === 'earshot') await becomeClient()
  else process.exitCode = await run()
} catch (error) {
  // What the user can mend is told in its own words; a defect comes with its stack.
  if (error instanceof SetUpError || isUsageError(error))
    process.stderr.write(`${(error as Error).message}\n`)
  else console.error(error)
  process.exitCode = 1
}

async function run(): Promise<number> {
  if (verb === 'start') return start(args)
  if (verb === 'test') return runTests(args)
  if (verb === 'faults' || verb === 'corpus') return runSuite(verb, args)
  if (verb !== 'setup') throw new SetUpError('Usage: npm run setup, npm start, npm test or npm run earshot')
  const steps = createSteps(process.stdout)
  const { mongo } = await setUp({ env: process.env, steps, retryDownload: true })
  steps.note(`all is here; MongoDB: ${mongo.kind}`)
  return 0
}

/** The client, or `earshot admin`, takes its arguments from the process, as it does everywhere else. */
async function becomeClient(): Promise<void> {
  const [first, ...rest] = args
  const admin = first === 'admin'
  const program = join(checkout, admin ? 'infra/admin/main.ts' : 'clients/cli/main.ts')
  await useLocalSystem(process.env)
  process.chdir(callerDirectory())
  process.argv = [process.execPath, program, ...(admin ? rest : args)]
  await import(pathToFileURL(program).href)
}

function isUsageError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
