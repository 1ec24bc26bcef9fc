import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countsPriming, heardSamples, mostRuns, stretchesOf, timelineOf } from './timeline.ts'

describe('a timeline', () => {
  it('is none where nothing is moved, and a clock that was set anew moves nothing', () => {
    assert.equal(timelineOf(1_000, []), null)
    assert.equal(timelineOf(1_000, [{ from: 500, by: 0 }]), null)
  })

  it('has silence before what is to be heard later', () => {
    const timeline = timelineOf(1_000, [{ from: 400, by: 300 }])!
    assert.deepEqual(timeline, { decodedSamples: 1_000, runs: [400, 700] })
    assert.deepEqual(stretchesOf(timeline), [
      { from: 0, to: 400, at: 0 },
      { from: 400, to: 1_000, at: 700 },
    ])
    assert.equal(heardSamples(timeline), 1_300)
  })

  it('leaves out what would be heard where something was heard already', () => {
    const timeline = timelineOf(1_000, [{ from: 400, by: -150 }])!
    assert.deepEqual(stretchesOf(timeline), [
      { from: 0, to: 400, at: 0 },
      { from: 550, to: 1_000, at: 400 },
    ])
    assert.equal(heardSamples(timeline), 850)
  })

  it('leaves out what would be heard before it begins', () => {
    const timeline = timelineOf(1_000, [
      { from: 0, by: -150 },
      { from: 400, by: 300 },
    ])!
    assert.ok(countsPriming(timeline))
    assert.deepEqual(stretchesOf(timeline), [
      { from: 150, to: 400, at: 0 },
      { from: 400, to: 1_000, at: 550 },
    ])
    assert.ok(!countsPriming(timelineOf(1_000, [{ from: 400, by: -150 }])!))
  })

  it('leaves out more than one run where the clock goes back beyond it, and fills only what is left', () => {
    const timeline = timelineOf(1_000, [
      { from: 400, by: -300 },
      { from: 500, by: 100 },
      { from: 700, by: 250 },
    ])!
    assert.deepEqual(stretchesOf(timeline), [
      { from: 0, to: 400, at: 0 },
      { from: 600, to: 700, at: 400 },
      { from: 700, to: 1_000, at: 750 },
    ])
  })

  it('of very many runs keeps those by which the most is moved, and its end', () => {
    const shifts = Array.from({ length: 3 * mostRuns }, (_, index) => ({ from: index * 1_000, by: 400 }))
    const timeline = timelineOf(3_000_000_0, shifts)!
    assert.ok(timeline.runs.length <= 2 * mostRuns)
    const misplaced = Math.abs(heardSamples(timeline) - (30_000_000 + shifts.length * 400))
    assert.ok(misplaced <= 4_096, `${misplaced} samples`)
  })
})
