import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { smallFrame } from '#converter/testing/frame-bytes.ts'
import { createMainData, framesIn, type MainData } from './bit-reservoir.ts'
import { findSplice } from './splice.ts'

interface FakeFrame {
  readonly sound: number
  readonly begin?: number
}

/** Each frame has 40 bytes of main data, all of the value `sound`. */
function encodeOf(frames: readonly FakeFrame[]): MainData {
  const bytes = Buffer.concat(frames.map(({ begin = 0 }) => smallFrame(begin, 320)))
  const data = createMainData(bytes, framesIn(bytes))
  for (const [index, { sound }] of frames.entries()) data.write(data.start(index), Buffer.alloc(40, sound))
  return data
}

const sounds = (from: number, to: number): FakeFrame[] =>
  Array.from({ length: to - from }, (_, index) => ({ sound: (from + index) % 251 }))
const options = { shift: 50, spoiltFrames: 4, leastEqualFrames: 24, sameAudioWillDo: false }

describe('findSplice', () => {
  it('cuts at the last frame that did not hear the end', () => {
    const splice = findSplice(encodeOf(sounds(0, 100)), encodeOf(sounds(50, 150)), options)
    assert.deepEqual(splice, { tier: 'same-state', earlierFrame: 95, laterFrame: 45, equalFrames: 45 })
  })
  it('proves nothing by a few equal frames', () => {
    const later = [...sounds(150, 175), ...sounds(75, 150)]
    assert.equal(findSplice(encodeOf(sounds(0, 100)), encodeOf(later), options)?.equalFrames, undefined)
    assert.notEqual(
      findSplice(encodeOf(sounds(0, 100)), encodeOf(later), { ...options, leastEqualFrames: 20 }),
      null,
    )
  })
  it('does not believe encoders that have parted again', () => {
    const later = sounds(50, 150)
    later[45] = { sound: 7 }
    assert.equal(findSplice(encodeOf(sounds(0, 100)), encodeOf(later), options), null)
  })
  it('refuses a segment that is shifted', () => {
    const shifted = { ...options, sameAudioWillDo: true }
    assert.equal(findSplice(encodeOf(sounds(0, 100)), encodeOf(sounds(51, 150)), shifted), null)
  })
  it('tells the same sound at another place in the reservoir from the same state', () => {
    const later = sounds(50, 150).map(({ sound }, index) => ({ sound, begin: index === 0 ? 0 : 20 }))
    const [a, b] = [encodeOf(sounds(0, 100)), encodeOf(later)]
    assert.equal(findSplice(a, b, options), null)
    const splice = findSplice(a, b, { ...options, sameAudioWillDo: true })
    assert.deepEqual([splice?.tier, splice?.earlierFrame, splice?.laterFrame], ['same-sound', 95, 45])
  })
  it('does not cut where the reservoir has no room', () => {
    const later = sounds(50, 150).map(({ sound }, index) => ({ sound, begin: index === 0 ? 0 : 36 }))
    const splice = findSplice(encodeOf(sounds(0, 100)), encodeOf(later), {
      ...options,
      sameAudioWillDo: true,
    })
    assert.equal(splice, null)
  })
})
