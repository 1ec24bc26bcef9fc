import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { delaysOf } from './delays-of.ts'
import { NotCopyable } from './not-copyable.ts'

const frames = 121
const given = { frameSamples: frames * 1152, samplesPerFrame: 1152, firstFrameSamples: 1152 } as const
/** What a decoder gave that left out `start` and `end`. */
const leftOut = (start: number, end: number) =>
  delaysOf({
    ...given,
    samples: given.frameSamples - start - end,
    firstFrameSamples: 1152 - (start % 1152),
  })

describe('delay and padding by what a container leaves out', () => {
  it('are unknown when nothing is left out', () => {
    assert.deepEqual(leftOut(0, 0), [{ encoderDelay: null, endPadding: 0 }])
  })
  it('are less and more by what a decoder is late: LAME’s delay of 576 is a start of 1105', () => {
    assert.deepEqual(leftOut(1105, 0), [{ encoderDelay: 576, endPadding: 529 }])
    assert.deepEqual(leftOut(1105, 545), [{ encoderDelay: 576, endPadding: 1074 }])
  })
  it('may be more than one pair where whole frames are left out: the proof will tell', () => {
    assert.deepEqual(leftOut(1105 + 1152, 0), [
      { encoderDelay: 576, endPadding: 529 + 1152 },
      { encoderDelay: 576 + 1152, endPadding: 529 },
    ])
  })
  it('are unknown when but an end of less than a frame is left out, which then stays on', () => {
    assert.deepEqual(leftOut(0, 545), [{ encoderDelay: null, endPadding: 0 }])
  })
  for (const [what, start, end] of [
    ['a start of less than a decoder is late', 528, 0],
    ['a long start', 1105 + 4 * 1152, 0],
    ['a long end', 0, 5 * 1152],
  ] as const) {
    it(`are not to be had for ${what}`, () => assert.throws(() => leftOut(start, end), NotCopyable))
  }
  it('are not to be had for more samples than the frames hold', () => {
    assert.throws(() => delaysOf({ ...given, samples: given.frameSamples + 1 }), NotCopyable)
  })
})
