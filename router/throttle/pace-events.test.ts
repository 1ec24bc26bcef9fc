import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCostThrottle } from './cost-throttle.ts'
import { createPayForEvent } from './pace-events.ts'

/** A hundred a second, a thousand at once. */
function pacing() {
  const clock = { ms: 0 }
  const waitedMs: number[] = []
  const charge = createCostThrottle({ costPerSecond: 100, now: () => clock.ms })
  const pay = createPayForEvent(charge, async (ms) => {
    waitedMs.push(ms)
    clock.ms += ms
  })
  return { pay, waitedMs }
}
const { signal } = new AbortController()

describe('paying for the events of subscriptions', () => {
  it('waits for nothing while a user is within what they may have', async () => {
    const { pay, waitedMs } = pacing()
    for (let count = 0; count < 20; count++) await pay('ada', 50, signal)
    assert.deepEqual(waitedMs, [])
  })

  it('waits for as long as what is owed takes, each user for themselves', async () => {
    const { pay, waitedMs } = pacing()
    await pay('ada', 1_500, signal)
    await pay('bob', 1, signal)
    assert.deepEqual(waitedMs, [])
    await pay('ada', 1, signal)
    assert.deepEqual(waitedMs, [5_001])
  })

  it('waits for nothing more when the subscription has ended', async () => {
    const { pay, waitedMs } = pacing()
    await pay('ada', 1_500, signal)
    await pay('ada', 1_500, AbortSignal.abort())
    assert.deepEqual(waitedMs, [])
  })
})
