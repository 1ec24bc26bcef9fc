import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { smallFrame } from '#converter/testing/frame-bytes.ts'
import { createMainData, framesIn, type MainData } from './bit-reservoir.ts'
import { findSplice } from './splice.ts'

interface FakeFrame {
  readonly audio: number
  readonly begin?: number
}

/** Each frame has 40 bytes of main data, all of the value `audio`. */
function encodeOf(frames: readonly FakeFrame[]): MainData {
  const bytes = Buffer.concat(frames.map(({ begin = 0 }) => smallFrame(begin, 320)))
  const data = createMainData(bytes, framesIn(bytes))
  for (const [index, { audio }] of frames.entries()) data.write(data.start(index), Buffer.alloc(40, audio))
  return data
}

const framesOf = (from: number, to: number): FakeFrame[] =>
  Array.from({ length: to - from }, (_, index) => ({ audio: (from + index) % 251 }))
const options = { shift: 50, spoiltFrames: 4, leastEqualFrames: 24, sameAudioWillDo: false }

describe('findSplice', () => {
  it('cuts at the last frame that did not hear the end', () => {
    const splice = findSplice(encodeOf(framesOf(0, 100)), encodeOf(framesOf(50, 150)), options)
    assert.deepEqual(splice, { tier: 'same-state', earlierFrame: 95, laterFrame: 45, equalFrames: 45 })
  })
  it('proves nothing by a few equal frames', () => {
    const later = [...framesOf(150, 175), ...framesOf(75, 150)]
    assert.equal(findSplice(encodeOf(framesOf(0, 100)), encodeOf(later), options)?.equalFrames, undefined)
    assert.notEqual(
      findSplice(encodeOf(framesOf(0, 100)), encodeOf(later), { ...options, leastEqualFrames: 20 }),
      null,
    )
  })
  it('does not believe encoders that have parted again', () => {
    const later = framesOf(50, 150)
    later[45] = { audio: 7 }
    assert.equal(findSplice(encodeOf(framesOf(0, 100)), encodeOf(later), options), null)
  })
  it('refuses a segment that is shifted', () => {
    const shifted = { ...options, sameAudioWillDo: true }
    assert.equal(findSplice(encodeOf(framesOf(0, 100)), encodeOf(framesOf(51, 150)), shifted), null)
  })
  it('tells the same audio at another place in the reservoir from the same state', () => {
    const later = framesOf(50, 150).map(({ audio }, index) => ({ audio, begin: index === 0 ? 0 : 20 }))
    const [a, b] = [encodeOf(framesOf(0, 100)), encodeOf(later)]
    assert.equal(findSplice(a, b, options), null)
    const splice = findSplice(a, b, { ...options, sameAudioWillDo: true })
    assert.deepEqual([splice?.tier, splice?.earlierFrame, splice?.laterFrame], ['same-audio', 95, 45])
  })
  it('does not cut where the reservoir has no room', () => {
    const later = framesOf(50, 150).map(({ audio }, index) => ({ audio, begin: index === 0 ? 0 : 36 }))
    const splice = findSplice(encodeOf(framesOf(0, 100)), encodeOf(later), {
      ...options,
      sameAudioWillDo: true,
    })
    assert.equal(splice, null)
  })
})
