/** Runs a task again and again with a pause between, until disposed; one run at a time, and no failure ends it. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from './log.ts'

export interface RepeatOptions {
  readonly name: string
  readonly everyMs: number
  readonly log: Logger
}

/** Disposing aborts the task's signal and waits for the run at hand. */
export function repeat(
  task: (signal: AbortSignal) => Promise<void>,
  { name, everyMs, log }: RepeatOptions,
): AsyncDisposable {
  const ending = new AbortController()
  const loop = async () => {
    while (!ending.signal.aborted) {
      try {
        await task(ending.signal)
      } catch (error) {
        if (!ending.signal.aborted)
          log.error({ err: error, task: name }, 'a periodic task failed; it runs again after its pause')
      }
      await delay(everyMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  const running = loop()
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await running
    },
  }
}
