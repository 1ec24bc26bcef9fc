/** Runs one main file of ours. Its log goes to a file; the lines that a person should see are reported as well. */
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { summarizeLogLine } from './log-view.ts'
import { startProcess, type OwnedProcess } from '#infra/local/processes/owned-process.ts'

export interface ServiceProcessOptions {
  readonly name: string
  /** The process's main file, from the code's root. */
  readonly main: string
  /** Where the code is: this checkout, or another version of it. */
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly directory: string
  readonly report: (line: string) => void
}

/** Longer than a process gives itself (SHUTDOWN_GRACE_MS), so that it ends by itself and logs what delayed it. */
const drainMs = 90_000
const shownLines = 25

export interface ServiceProcess extends OwnedProcess {
  /** Resolves when its last output is in the log, which may be after its end: what it started may hold its output open. */
  readonly silent: Promise<void>
}

export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const { name, main, root, env, directory, report } = options
  const args = ['--import', join(root, 'runtime/tracing/register.ts'), join(root, main)]
  const owned = await startProcess({
    name,
    command: process.execPath,
    args,
    env,
    directory,
    cwd: root,
    graceMs: drainMs,
    output: 'pipe',
  })
  const log = createWriteStream(owned.logFile, { flags: 'a', mode: 0o600 })
  const outputs = [owned.stdout, owned.stderr].filter((stream) => stream !== null)
  for (const stream of outputs) {
    stream.pipe(log, { end: false })
    createInterface({ input: stream }).on('line', (text) => {
      const line = summarizeLogLine(name, text)
      if (line !== undefined) report(line)
    })
  }
  const ends = outputs.map((stream) => new Promise((resolve) => stream.once('close', resolve)))
  const silent = Promise.all(ends).then(() => new Promise<void>((resolve) => log.end(resolve)))
  return { ...owned, silent }
}

export function endOfLog(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-shownLines).join('\n')
}
