/** Downloads MongoDB's official server where the network allows it, and remembers where it did not. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localDirectory } from '#infra/local/folders.ts'
import { folderMegabytes, runCommand } from '#infra/local/machine/run-command.ts'
import type { Steps } from '#infra/local/machine/steps.ts'

const folder = join(localDirectory, 'mongod')
const outcomeFile = join(folder, 'outcome.json')

type Outcome = { readonly path: string } | { readonly reason: string }

export interface OfficialMongodOptions {
  readonly steps: Steps
  /** Tries again where an earlier attempt failed. */
  readonly retry: boolean
}

/** The path of the binary; undefined where it cannot be had. */
export async function bringOfficialMongod({
  steps,
  retry,
}: OfficialMongodOptions): Promise<string | undefined> {
  const known = await readOutcome()
  if (known !== undefined && 'path' in known && existsSync(known.path)) return known.path
  if (known !== undefined && 'reason' in known && !retry) return undefined
  await mkdir(folder, { recursive: true })
  const outcome = await steps.run<Outcome>(
    'MongoDB: the official server, by mongodb-memory-server',
    async () => {
      const value = await download()
      if ('path' in value) return { value, cost: `${await folderMegabytes(folder)} MB on disk` }
      return { value, failure: `${value.reason}; not tried again until "npm run setup"` }
    },
  )
  await writeFile(outcomeFile, `${JSON.stringify(outcome)}\n`)
  return 'path' in outcome ? outcome.path : undefined
}

async function download(): Promise<Outcome> {
  const script = join(import.meta.dirname, 'download-mongod.ts')
  // One attempt: a network that is closed stays closed. A proxy named in the environment is used.
  const env = { ...process.env, MONGOMS_MAX_RETRIES: '1', MONGOMS_DISABLE_POSTINSTALL: '1' }
  const result = await runCommand(process.execPath, ['--use-env-proxy', script, folder], { env })
  const lastLine = result.stdout.trim().split('\n').at(-1) ?? ''
  const outcome = parseOutcome(lastLine) ?? { reason: `the download ended with code ${result.code}` }
  if ('reason' in outcome) return outcome
  // Newer servers need processor instructions (AVX) that not every machine has.
  const trial = await runCommand(outcome.path, ['--version'])
  return trial.code === 0 ? outcome : { reason: 'it does not run on this machine' }
}

async function readOutcome(): Promise<Outcome | undefined> {
  return parseOutcome(await readFile(outcomeFile, 'utf8').catch(() => ''))
}

function parseOutcome(text: string): Outcome | undefined {
  try {
    return JSON.parse(text) as Outcome
  } catch {
    return undefined
  }
}
