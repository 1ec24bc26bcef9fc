import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bytesADay, coresAtPeak, costOf, watchersAtPeak } from './extrapolate.ts'

const assumptions = {
  conversionsADay: 86_400,
  minutes: 10,
  peak: 3,
  use: 0.5,
  watchedSeconds: 60,
  keptDays: 30,
}

describe('an extrapolation', () => {
  it('tells what every conversion costs from what each minute does', () => {
    const measured = [
      { minutes: 1, cost: 3 },
      { minutes: 11, cost: 23 },
    ]
    assert.deepEqual(costOf(measured), { each: 1, perMinute: 2 })
    assert.deepEqual(costOf([{ minutes: 4, cost: 8 }]), { each: 0, perMinute: 2 })
  })

  it('never makes a cost less than nothing of two measurements that scatter', () => {
    const cost = costOf([
      { minutes: 1, cost: 2 },
      { minutes: 10, cost: 1 },
    ])
    assert.deepEqual(cost, { each: 2, perMinute: 0 })
    assert.equal(
      costOf([
        { minutes: 1, cost: 1 },
        { minutes: 2, cost: 3 },
      ]).each,
      0,
    )
  })

  it('plans for the peak, and leaves a part of each core free', () => {
    // One a second on average and three at the peak, 21 s each, half of each core.
    assert.equal(coresAtPeak({ each: 1, perMinute: 2 }, assumptions), 126)
    assert.equal(bytesADay({ each: 1, perMinute: 2 }, assumptions), 86_400 * 21)
    assert.equal(watchersAtPeak(assumptions), 180)
  })
})
