/** Asks a probe again and again until it says yes, the deadline passes, or the signal aborts. */
import { setTimeout as delay } from 'node:timers/promises'

export interface WaitOptions {
  readonly what: string
  readonly deadlineMs: number
  readonly intervalMs?: number
  readonly signal?: AbortSignal | undefined
}

/** Resolves with the probe's first value that is not undefined. A probe that throws has not answered yet. */
export async function waitUntil<Value>(
  probe: (signal: AbortSignal) => Promise<Value | undefined>,
  { what, deadlineMs, intervalMs = 50, signal }: WaitOptions,
): Promise<Value> {
  const deadline = AbortSignal.timeout(deadlineMs)
  const ended = signal === undefined ? deadline : AbortSignal.any([signal, deadline])
  let lastError: unknown
  while (!ended.aborted) {
    try {
      const value = await probe(ended)
      if (value !== undefined) return value
    } catch (error) {
      if (!ended.aborted) lastError = error
    }
    await delay(intervalMs, undefined, { signal: ended }).catch(() => undefined)
  }
  signal?.throwIfAborted()
  throw new Error(`${what} took longer than ${deadlineMs / 1000} s`, { cause: lastError })
}
