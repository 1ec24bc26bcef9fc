import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCostThrottle } from './cost-throttle.ts'

function throttle(costPerSecond: number) {
  const clock = { ms: 0 }
  return { clock, charge: createCostThrottle({ costPerSecond, now: () => clock.ms }) }
}

describe('the throttle of cost', () => {
  it('lets a burst pass, then as much as a second allows, and says when to come again', () => {
    const { clock, charge } = throttle(100)
    for (let count = 0; count < 10; count++) assert.equal(charge('a', 100), null)
    const refused = charge('a', 100)
    assert.equal(refused?.code, 'TOO_MANY_REQUESTS')
    clock.ms += refused.details.retryAfterMs!
    assert.equal(charge('a', 100), null)
    assert.ok(charge('a', 1))
  })

  it('lets an operation pass that costs more than a burst, and then waits for it to be paid', () => {
    const { clock, charge } = throttle(100)
    assert.equal(charge('a', 2_000), null)
    assert.equal(charge('a', 1)?.details.retryAfterMs, 10_001)
    clock.ms = 10_001
    assert.equal(charge('a', 1), null)
  })

  it('lets nobody pay for another', () => {
    const { charge } = throttle(1)
    assert.equal(charge('a', 1_000), null)
    assert.ok(charge('a', 1))
    assert.equal(charge('b', 1), null)
  })
})
