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
  const ended = Promise.all([once(child, 'close'), eachLine(child.stdout, onLine)])
  const [[code, endedBySignal]] = await endedBy(signal, child, ended)
  signal.throwIfAborted()
  return endedBySignal ?? code
}

/** A process that could not be started may have no output. */
async function eachLine(input: Readable, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input })) onLine(line)
}

async function endedBy<T>(signal: AbortSignal, { pid }: ChildProcess, ended: Promise<T>): Promise<T> {
  const end = () => pid !== undefined && endProcessGroup(pid)
  signal.addEventListener('abort', end, { once: true })
  try {
    return await ended
  } finally {
    signal.removeEventListener('abort', end)
  }
}
