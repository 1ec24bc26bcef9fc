/** Runs a program behind a sandbox's walls to its end; when its time is over, all that it has started ends with it. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { endProcessGroup } from './end-process-group.ts'
import type { Sandbox } from './sandbox.ts'

const run = promisify(execFile)

type Launch = ReturnType<Sandbox['confine']>

export interface ConfinedRun {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** Of what it may print, in bytes. */
  readonly maxBuffer: number
}

/** @throws what `execFile` does, with `stderr`; the signal's reason. */
export async function runConfined(
  [command, ...launch]: Launch,
  options: readonly string[],
  { signal, timeoutMs, maxBuffer }: ConfinedRun,
): Promise<{ readonly stdout: Buffer; readonly stderr: Buffer }> {
  signal.throwIfAborted()
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const bounds = { killSignal: 'SIGKILL', encoding: 'buffer', maxBuffer } as const
  const running = run(command, [...launch, ...options], bounds)
  try {
    return await endedBy(either, running.child, running)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

/**
 * For what prints more than is to be kept. Resolves with the program's exit code, or by which signal it was ended.
 * @throws Error where it cannot be started; the signal's reason.
 */
export async function readConfined(
  [command, ...launch]: Launch,
  options: readonly string[],
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<number | NodeJS.Signals> {
  signal.throwIfAborted()
  const child = spawn(command, [...launch, ...options], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = Promise.all([once(child, 'close'), eachLine(child.stdout, signal, onLine)])
  const [[code, endedBySignal]] = await endedBy(signal, child, ended)
  signal.throwIfAborted()
  return endedBySignal ?? code
}

/** A process that could not be started may have no output. */
async function eachLine(input: Readable, signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input, signal })) onLine(line)
}

async function endedBy<T>(
  signal: AbortSignal,
  { pid, stdout, stderr }: ChildProcess,
  ended: Promise<T>,
): Promise<T> {
  const end = () => {
    if (pid !== undefined) endProcessGroup(pid)
    // What has left the group, as bubblewrap's child does, may live on for a moment: nobody waits for its pipes.
    for (const pipe of [stdout, stderr]) pipe?.destroy()
  }
  signal.addEventListener('abort', end, { once: true })
  try {
    return await ended
  } finally {
    signal.removeEventListener('abort', end)
  }
}
