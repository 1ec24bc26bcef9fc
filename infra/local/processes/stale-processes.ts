/** Ends what an earlier run left behind when it was killed: each process by number and start time, nothing else. */
import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, type ProcessIdentity } from './identity.ts'
import { signalGroup } from './owned-process.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

export async function endStaleProcesses(directory: string): Promise<void> {
  const records = join(directory, 'run')
  const files = await readdir(records).catch(() => [])
  await Promise.all(
    files.map(async (file) => {
      const path = join(records, file)
      const identity = parseIdentity(await readFile(path, 'utf8'))
      if (identity !== undefined) await endProcess(identity)
      await rm(path, { force: true })
    }),
  )
}

async function endProcess(identity: ProcessIdentity): Promise<void> {
  if (identity.pid === process.pid || !isAlive(identity)) return
  const gone = () => !isAlive(identity)
  const what = `process ${identity.pid} of an earlier run has ended`
  process.kill(identity.pid, 'SIGTERM')
  await waitUntil(what, gone, { withinMs: 10_000 }).catch(async () => {
    signalGroup(identity.pid, 'SIGKILL')
    await waitUntil(what, gone, { withinMs: 5_000 })
  })
}

/** Ends everything that runs from the folder, without waiting for anything. */
export function killRecorded(directory: string): void {
  const records = join(directory, 'run')
  for (const file of readdirSync(records)) {
    const identity = parseIdentity(readFileSync(join(records, file), 'utf8'))
    if (identity !== undefined && isAlive(identity)) signalGroup(identity.pid, 'SIGKILL')
  }
}

/** Undefined for a file whose writer was killed half-way. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(text) as ProcessIdentity
  } catch {
    return undefined
  }
}
