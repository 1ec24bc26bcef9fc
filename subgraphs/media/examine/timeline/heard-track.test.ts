import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { heardTrack } from './heard-track.ts'

const track = { ...newConversion.source.track, sampleRateHz: 1_000, startMs: 300 }
const found = { decodedSeconds: 10 }
const overlap = { is: 'overlap', decodedSeconds: 5, fromSeconds: 5, bySeconds: -1 } as const

describe('a track as it is heard', () => {
  const hear = (container: string, beginSeconds: number, steps = [overlap]) =>
    heardTrack({ media: { container }, track, found, beginSeconds, steps })

  it('begins with silence where its first packets could not be decoded, and that is told', () => {
    const heard = hear('matroska,webm', 2, [])
    assert.deepEqual(heard.track.timeline, { decodedSamples: 10_000, runs: [0, 2_000] })
    assert.equal(heard.track.durationMs, 12_000)
    assert.deepEqual(heard.told, [{ is: 'gap', startMs: 300, byMs: 2_000 }])
    assert.deepEqual(
      heard.warnings.map(({ code }) => code),
      ['AUDIO_GAP_FILLED'],
    )
  })

  it('is cut where it begins before what is heard; places after it are counted from there', () => {
    const heard = hear('matroska,webm', -2)
    assert.deepEqual(heard.track.timeline?.runs, [0, -2_000, 5_000, 2_000])
    assert.equal(heard.track.durationMs, 7_000)
    assert.deepEqual(heard.told, [{ is: 'overlap', startMs: 3_300, byMs: -1_000 }])
  })

  it('of an MP4 goes back on purpose, which is not told', () => {
    const heard = hear('mov,mp4,m4a,3gp,3g2,mj2', 0)
    assert.deepEqual([heard.track.durationMs, heard.warnings], [9_000, []])
  })
})
