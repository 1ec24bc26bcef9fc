/** Repeats a start-up step until its dependency is there: start order must not matter. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from './log.ts'

/** @throws the signal's reason when aborted. */
export async function retryForever<T>(
  what: string,
  step: () => Promise<T>,
  log: Logger,
  signal: AbortSignal,
  pause: (ms: number, signal: AbortSignal) => Promise<unknown> = (ms, ended) =>
    delay(ms, undefined, { signal: ended }),
): Promise<T> {
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5_000)) {
    signal.throwIfAborted()
    try {
      return await step()
    } catch (error) {
      log.warn({ err: error, waitMs }, `${what} failed; trying again`)
      await pause(waitMs, signal).catch(() => undefined)
    }
  }
}
