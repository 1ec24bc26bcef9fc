import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { smallFrame } from '#converter/testing/frame-bytes.ts'
import { createMainData, framesIn } from './bit-reservoir.ts'

/** Areas of 75 bytes at 21, 117 and 213; the third frame's main data begins 80 bytes before its own area: in the first's. */
function threeFrames() {
  const bytes = Buffer.concat([smallFrame(0, 560), smallFrame(5, 0), smallFrame(80, 333)])
  return createMainData(bytes, framesIn(bytes))
}

describe('main data', () => {
  it('runs through the areas that headers and side information leave free', () => {
    const data = threeFrames()
    assert.deepEqual(
      [data.areaStart(0), data.areaStart(1), data.areaStart(2), data.areaEnd(2)],
      [0, 75, 150, 225],
    )
  })
  it('begins before a frame by what the side information says', () => {
    const data = threeFrames()
    assert.deepEqual([data.start(0), data.start(1), data.start(2)], [0, 70, 70])
    assert.equal(data.endBit(2), 70 * 8 + 333)
  })
  it('is written around headers and read back', () => {
    const data = threeFrames()
    const headers = [0, 96, 192].map((offset) => Buffer.from(data.bytes.subarray(offset, offset + 21)))
    const written = Buffer.from(Array.from({ length: 90 }, (_, index) => index + 1))
    data.write(70, written)
    assert.deepEqual(data.read(70, 90), written)
    assert.deepEqual([...data.bytes.subarray(21 + 70, 21 + 75)], [1, 2, 3, 4, 5])
    assert.deepEqual([...data.bytes.subarray(117, 119)], [6, 7])
    assert.deepEqual(
      [0, 96, 192].map((offset) => data.bytes.subarray(offset, offset + 21)),
      headers,
    )
  })
  it('refuses what is in frames that were not read', () => {
    const data = threeFrames()
    assert.throws(() => data.read(-1, 2), RangeError)
    assert.throws(() => data.read(220, 6), RangeError)
  })
})

describe('framesIn', () => {
  it('leaves out a frame that is cut short', () => {
    const bytes = Buffer.concat([smallFrame(0, 0), smallFrame(0, 0).subarray(0, 50)])
    assert.equal(framesIn(bytes).length, 1)
  })
  it('does not skip over what is no frame', () => {
    assert.throws(() => framesIn(Buffer.concat([smallFrame(0, 0), Buffer.alloc(96)])), /byte 96/)
  })
})
