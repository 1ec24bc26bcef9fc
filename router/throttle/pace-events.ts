/** Gives a user the events of subscriptions as fast as they can pay for them, by their cost: whoever owes gets the next one later. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ChargeCost } from './cost-throttle.ts'

/** Resolves once an event of this cost is paid for, or the signal is aborted. */
export type PayForEvent = (userId: string, cost: number, signal: AbortSignal) => Promise<void>

/** @param waitMs Ends early when the signal is aborted. */
export function createPayForEvent(
  charge: ChargeCost,
  waitMs: (ms: number, signal: AbortSignal) => Promise<void> = waitUnlessAborted,
): PayForEvent {
  return async (userId, cost, signal) => {
    while (!signal.aborted) {
      const putOff = charge(userId, cost)
      if (putOff === null) return
      await waitMs(putOff.details.retryAfterMs!, signal)
    }
  }
}

const waitUnlessAborted = async (ms: number, signal: AbortSignal): Promise<void> => {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
