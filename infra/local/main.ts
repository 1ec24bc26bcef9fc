/** The verbs of the local system: `setup`, `start [FILE...]`, `earshot COMMAND...`. */
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { showLocalUser } from '#infra/local/client/show-local-user.ts'
import { useLocalSystem } from '#infra/local/client/use-local-system.ts'
import { setUp } from '#infra/local/machine/set-up.ts'
import { UsageError } from '#infra/local/machine/set-up-error.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { callerDirectory, checkout, localDirectory } from './folders.ts'
import { runVerb } from './run-verb.ts'
import { start } from './start.ts'

const [verb, ...args] = process.argv.slice(2)
await runVerb(async () => {
  if (verb === 'start') return await start(args)
  if (verb === 'earshot' && args[0] === 'local-user') {
    process.stdout.write(`${await showLocalUser(localDirectory, args.includes('--json'))}\n`)
    return 0
  }
  if (verb === 'earshot') return await becomeClient()
  if (verb !== 'setup') throw new UsageError('Usage: npm run setup, npm start, npm test or npm run earshot')
  const steps = createSteps(process.stdout)
  const { mongo } = await setUp({ env: process.env, steps, retryDownload: true })
  steps.note(`all is here; MongoDB: ${mongo.kind}`)
  return 0
})

/** The client, or `earshot admin`, takes its arguments from the process, as it does everywhere else. */
async function becomeClient(): Promise<undefined> {
  const [first, ...rest] = args
  const admin = first === 'admin'
  const program = join(checkout, admin ? 'infra/admin/main.ts' : 'clients/cli/main.ts')
  await useLocalSystem(process.env)
  process.chdir(callerDirectory())
  process.argv = [process.execPath, program, ...(admin ? rest : args)]
  await import(pathToFileURL(program).href)
}
