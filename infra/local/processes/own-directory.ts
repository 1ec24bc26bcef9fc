/** Keeps two systems from running on the same folder. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identify, isAlive } from './identity.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { parseIdentity } from './stale-processes.ts'

/** @param instead What the user can do where another has it. @throws SetUpError then. */
export async function ownDirectory(
  directory: string,
  instead = 'wait for it, or stop it first',
): Promise<AsyncDisposable> {
  const file = join(directory, 'owner.json')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const owner = parseIdentity(await readFile(file, 'utf8').catch(() => ''))
  if (owner !== undefined && isAlive(owner)) {
    throw new SetUpError(`Earshot runs from this folder already (process ${owner.pid}): ${instead}.`)
  }
  await writeFile(file, JSON.stringify(identify(process.pid)), { mode: 0o600 })
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) }
}
