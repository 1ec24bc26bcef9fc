/** Waits for something that is to come true by itself. */
import { setTimeout as delay } from 'node:timers/promises'

/** Whether it did, within the time that a promise has to keep itself. */
export async function becomesTrue(
  check: () => Promise<boolean>,
  withinMs: number,
  everyMs = 250,
): Promise<boolean> {
  const endsMs = performance.now() + withinMs
  while (performance.now() < endsMs) {
    if (await check()) return true
    await delay(everyMs)
  }
  return await check()
}
