import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ShownFrame } from '#runtime/timeline/frame-lines.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { asDecoded } from './as-decoded.ts'

const { track } = newConversion.source
const frame = (shape: Partial<ShownFrame> = {}): ShownFrame => ({
  startSeconds: 0,
  samples: 1_024,
  sampleRateHz: track.sampleRateHz,
  channels: track.channels,
  channelLayout: 'stereo',
  ...shape,
})
const frames = (count: number, shape?: Partial<ShownFrame>) =>
  Array.from({ length: count }, () => frame(shape))

describe('a track whose first frames were decoded', () => {
  it('stays as it is where they are as its header says, or there are none', () => {
    for (const found of [[], frames(8), frames(3, { sampleRateHz: 8_000 })])
      assert.deepEqual(asDecoded(track, found), { track, warnings: [] })
  })

  it('is what they are where its header says otherwise', () => {
    const shape = { sampleRateHz: 8_000, channels: 1, channelLayout: 'mono' }
    const { track: decoded, warnings } = asDecoded(track, [...frames(2), ...frames(6, shape)])
    assert.deepEqual(decoded, { ...track, ...shape })
    assert.deepEqual(
      warnings.map(({ code, audioTrack }) => [code, audioTrack]),
      [['HEADER_WRONG', track.index]],
    )
    assert.match(warnings[0]!.message, /; it has 8000 Hz and 1 channel\.$/)
  })

  it('stays as it is where one of the last is another', () => {
    assert.deepEqual(asDecoded(track, [...frames(7, { channels: 1 }), frame()]).warnings, [])
  })
})
