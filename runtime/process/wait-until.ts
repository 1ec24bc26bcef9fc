/** Waits for something that nobody announces, by asking for it again and again: never for ever, and never without a word. */
import { setTimeout as delay } from 'node:timers/promises'

export interface WaitOptions {
  readonly withinMs?: number
  /** The pause between an answer and the next question. */
  readonly everyMs?: number
  readonly signal?: AbortSignal | undefined
}

/** What a probe answers while the time has not come. */
type NotYet = false | null | undefined

/**
 * Resolves with the probe's first answer that is not false, null or undefined. A probe that throws has not answered yet.
 *
 * @example const mail = await waitUntil('the mail has arrived', async () => (await mailsTo(ada))[0], { withinMs: 5_000 })
 * @param what completes "gave up waiting until …".
 * @throws Error that says what was waited for, with the probe's last error as its cause; the signal's reason when it aborts.
 */
export async function waitUntil<Value>(
  what: string,
  probe: (signal: AbortSignal) => Promise<Value | NotYet> | Value | NotYet,
  { withinMs = 120_000, everyMs = 50, signal }: WaitOptions = {},
): Promise<Value> {
  const deadline = AbortSignal.timeout(withinMs)
  const ended = signal === undefined ? deadline : AbortSignal.any([signal, deadline])
  // A probe may hang, and heed no signal.
  const giveUp = rejectWhenAborted(ended)
  let lastError: unknown
  while (!ended.aborted) {
    try {
      const answer = await Promise.race([probe(ended), giveUp])
      if (answer !== false && answer !== null && answer !== undefined) return answer
    } catch (error) {
      if (!ended.aborted) lastError = error
    }
    await delay(everyMs, undefined, { signal: ended }).catch(() => undefined)
  }
  signal?.throwIfAborted()
  throw new Error(`gave up waiting until ${what}, after ${withinMs / 1000} s`, { cause: lastError })
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  aborted.catch(() => undefined)
  return aborted
}
