import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createDiskGrowth } from './disk-growth.ts'

describe('the growth of a disk', () => {
  const minuteMs = 60_000

  it('is what is free less than at the first look, as long as that is no hour ago', () => {
    let nowMs = 0
    const grownTo = createDiskGrowth(() => nowMs)
    assert.equal(grownTo(1_000), 0)
    nowMs = 30 * minuteMs
    assert.equal(grownTo(900), 100)
    assert.equal(grownTo(1_200), -200)
  })

  it('is of the last hour however long the process runs, and of few looks', () => {
    let nowMs = 0
    const grownTo = createDiskGrowth(() => nowMs)
    // A byte a second, looked at every ten.
    const growths = Array.from({ length: 1_000 }, (_, index) => {
      nowMs = index * 10_000
      return grownTo(100_000 - index * 10)
    })
    assert.equal(growths.at(-1), 3_600 + 30)
    assert.ok(Math.max(...growths) <= 3_660)
  })
})
