/** Runs a program behind a sandbox's walls to its end; when its time is over, all that it has started ends with it. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { endProcessGroup } from './end-process-group.ts'
import type { Sandbox } from './sandbox.ts'

const run = promisify(execFile)

export interface ConfinedRun {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** Of what it may print, in bytes. */
  readonly maxBuffer: number
}

/** @throws what `execFile` does, with `stderr`; the signal's reason. */
export async function runConfined(
  [command, ...launch]: ReturnType<Sandbox['confine']>,
  options: readonly string[],
  { signal, timeoutMs, maxBuffer }: ConfinedRun,
): Promise<{ readonly stdout: Buffer; readonly stderr: Buffer }> {
  signal.throwIfAborted()
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const bounds = { killSignal: 'SIGKILL', encoding: 'buffer', maxBuffer } as const
  const running = run(command, [...launch, ...options], bounds)
  const { pid } = running.child
  const end = () => pid !== undefined && endProcessGroup(pid)
  either.addEventListener('abort', end, { once: true })
  try {
    return await running
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    either.removeEventListener('abort', end)
  }
}
