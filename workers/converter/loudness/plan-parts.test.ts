import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { planParts, warmUpSteps } from './plan-parts.ts'

const hour = { steps: 36_000, leastSteps: 600, decodeCost: 0.25 }

describe('cutting audio to measure it', () => {
  it('leaves short audio whole, and one of no length too', () => {
    const whole = [{ firstStep: 0, ownStep: 0, endStep: null }]
    assert.deepEqual(planParts({ ...hour, steps: 1_199, count: 8 }), whole)
    assert.deepEqual(planParts({ ...hour, steps: 0, count: 8 }), whole)
    assert.deepEqual(planParts({ ...hour, count: 1 }), whole)
  })

  it('gives every step to one part, with steps before it to warm up', () => {
    const parts = planParts({ ...hour, count: 5 })
    assert.equal(parts.length, 5)
    assert.equal(parts[0]?.firstStep, 0)
    assert.equal(parts.at(-1)?.endStep, null)
    for (const [index, part] of parts.slice(1).entries()) {
      assert.equal(part.ownStep, parts[index]!.endStep)
      assert.equal(part.firstStep, part.ownStep - warmUpSteps)
    }
  })

  it('lets all parts take equally long', () => {
    // Two parts: 1 / (1 + 1 / 1.25) = 0.5556 of the audio; each costs 1.25 times that, at the unit of measuring alone.
    const [first, second] = planParts({ ...hour, count: 2 })
    assert.equal(first?.endStep, 20_000)
    assert.equal(second?.ownStep, 20_000)
    assert.equal(20_000 * 1.25, 36_000 * 0.25 + 16_000)
  })
})
