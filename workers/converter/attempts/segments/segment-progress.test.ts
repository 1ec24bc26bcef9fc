import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Progress } from '#schema/documents/conversion-document.ts'
import { createSegmentProgress } from './segment-progress.ts'

describe('the progress of segments', () => {
  it('adds up to one figure, with the speed of all together', () => {
    const reported: Progress[] = []
    let nowMs = 1_000
    const progress = createSegmentProgress(
      [60_000, 40_000],
      (value) => void reported.push(value),
      () => nowMs,
    )
    nowMs += 500
    progress.report(0, 10_000)
    progress.report(1, 15_000)
    assert.deepEqual(reported.at(-1), { percent: 25, speed: 50, etaMs: 1_500 })
  })
  it('never goes back, nor beyond 99 %', () => {
    const reported: Progress[] = []
    const progress = createSegmentProgress([1_000], (value) => void reported.push(value))
    progress.report(0, 900)
    progress.report(0, 500)
    progress.report(0, 5_000)
    assert.deepEqual(
      reported.map(({ percent }) => percent),
      [90, 90, 99],
    )
  })
})
