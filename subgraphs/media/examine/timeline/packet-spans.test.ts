import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createSpanReader } from './packet-spans.ts'

/** @param packets When each begins and how long it is, in milliseconds. */
function spanOf(packets: readonly (readonly [number, number])[]) {
  const reader = createSpanReader()
  reader.line('#tb 0: 1/1000')
  for (const [startMs, lengthMs] of packets)
    reader.line(`0, ${startMs}, ${startMs}, ${lengthMs}, 313, 0x9d048507`)
  return reader.spans().get(0)
}
const steady = (from: number, count: number, lengthMs = 20): [number, number][] =>
  Array.from({ length: count }, (_, index) => [from + index * 20, lengthMs])

describe('the packets of a track', () => {
  it('are not odd where they follow each other, with times rounded to milliseconds', () => {
    assert.deepEqual(spanOf(steady(500, 50)), { startMs: 500, endMs: 1_500, packetsMs: 1_000, isOdd: false })
    const rounded = Array.from({ length: 50 }, (_, index) => [Math.round(index * 23.22), 23] as const)
    assert.equal(spanOf(rounded)?.isOdd, false)
  })

  it('are odd where time passes between them, or is told twice', () => {
    assert.equal(spanOf([...steady(0, 10), ...steady(220, 10)])?.isOdd, true)
    assert.equal(spanOf([...steady(0, 10), ...steady(180, 10)])?.isOdd, true)
    assert.equal(spanOf([...steady(0, 10), ...steady(0, 10)])?.isOdd, true)
  })

  it('whose length is not told are as long as the one before', () => {
    assert.deepEqual(spanOf(steady(0, 50, 0)), { startMs: 0, endMs: 1_000, packetsMs: 1_000, isOdd: false })
    assert.equal(spanOf([...steady(0, 10, 0), ...steady(240, 10, 0)])?.isOdd, true)
  })

  it('are odd where one is as long as the gap behind it, as in MP4', () => {
    const before = steady(0, 10)
    assert.equal(spanOf([...before, [200, 520], ...steady(720, 10)])?.isOdd, true)
    assert.equal(spanOf([[0, 520], ...steady(520, 10)])?.isOdd, true)
    assert.equal(spanOf([...before, [200, 3]])?.isOdd, false, 'the last may not be full')
  })

  it('count time in the unit of their track', () => {
    const reader = createSpanReader()
    for (const line of [
      '#tb 0: 1/90000',
      '#tb 1: 1/44100',
      '1, 0, 0, 44100, 9, 0x0',
      '0, 900, 900, 1800, 9, 0x0',
    ])
      reader.line(line)
    const [first, second] = [reader.spans().get(0), reader.spans().get(1)]
    assert.deepEqual([first?.startMs, first?.endMs, second?.endMs], [10, 30, 1_000])
  })

  it('count from the first that is heard, where an edit list leaves out what is before', () => {
    const reader = createSpanReader()
    for (const line of [
      '#tb 0: 1/1000',
      '0, -40, -40, 20, 9, 0x0, F=0x5, S=1, 10',
      '0, -20, -20, 20, 9, 0x0, F=0x5',
      '0, 0, 0, 20, 9, 0x0',
      '0, 20, 20, 20, 9, 0x0, F=0x0',
    ])
      reader.line(line)
    assert.deepEqual(reader.spans().get(0), { startMs: 0, endMs: 40, packetsMs: 40, isOdd: false })
  })

  it('may be none', () => assert.equal(spanOf([]), undefined))
})
