import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { beginningOf, beginsElsewhere, isDamaged, lostSeconds } from './beginnings.ts'

const mp4 = { container: 'mov,mp4,m4a,3gp,3g2,mj2' }
const frame = (startSeconds: number | null) => ({ startSeconds, samples: 1024, sampleRateHz: 44_100 })

describe('the beginning of a track', () => {
  it('is where its edit list says, which counts from 0 on', () => {
    assert.equal(beginningOf({ startMs: 500 }, 0, [frame(0.5)])?.statedSeconds, 0.5)
    assert.equal(beginningOf({ startMs: 0 }, 0.5, [frame(0.5)])?.statedSeconds, 0.5)
    assert.equal(beginningOf({ startMs: 0 }, -1.5, [frame(-1.5)])?.statedSeconds, 0)
  })

  it('is another where the decoder gives less, or more', () => {
    for (const decoded of [0.115, -0.023])
      assert.ok(beginsElsewhere(mp4, beginningOf({ startMs: 0 }, 0, [frame(decoded)])!), `${decoded} s`)
    assert.ok(!beginsElsewhere(mp4, beginningOf({ startMs: 23 }, 0, [frame(0.0232)])!))
  })

  it('is where its audio begins in containers without edit lists', () =>
    assert.ok(!beginsElsewhere({ container: 'mpegts' }, beginningOf({ startMs: 0 }, 0, [frame(1)])!)))

  it('is lost where it cannot be decoded; a packet or two is what decoders need', () => {
    assert.equal(lostSeconds(beginningOf({ startMs: 200 }, 0, [frame(1.2)])!), 1)
    assert.equal(lostSeconds(beginningOf({ startMs: 0 }, 0, [frame(0.08)])!), 0)
    assert.equal(lostSeconds(undefined), 0)
  })

  it('is damaged where time passes between its first frames', () => {
    const within = (seconds: number) => beginningOf({ startMs: 0 }, 0, [frame(0), frame(seconds)])!
    assert.ok(isDamaged(within(0.5)))
    assert.ok(!isDamaged(within(0.05)))
  })

  it('is not known of a frame without a time, or without a frame', () => {
    assert.equal(beginningOf({ startMs: 0 }, 0, [frame(null)]), null)
    assert.equal(beginningOf({ startMs: 0 }, 0, []), null)
  })
})
