import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readFileStart, readFrameLine } from './frame-lines.ts'

describe('a line of ffmpeg', () => {
  it('tells of a frame when it is heard, and what it is', () => {
    const said =
      '[Parsed_ashowinfo_0 @ 0x55d0] [info] n:0 pts:-5058 pts_time:-0.115 pos:44 fmt:fltp channels:2 chlayout:stereo rate:44100 nb_samples:2048 checksum:1 plane_checksums: [ 1 1 ]'
    const frame = {
      startSeconds: -5_058 / 44_100,
      samples: 2_048,
      sampleRateHz: 44_100,
      channels: 2,
      channelLayout: 'stereo',
    }
    assert.deepEqual(readFrameLine(said), frame)
    assert.equal(readFrameLine(said.replace('pts:-5058', 'pts:NOPTS'))?.startSeconds, null)
    const unknown = said.replace('chlayout:stereo', 'chlayout:2 channels')
    assert.equal(readFrameLine(unknown)?.channelLayout, null)
    assert.equal(readFrameLine('[info] n:0 pts:0 channels:2 rate:8000 nb_samples:1 '), null)
  })

  it('tells when a file begins, and a tag of it does not', () => {
    const said = 'Duration: 00:00:03.50, start: -1.034558, bitrate: 72 kb/s'
    assert.equal(readFileStart(`[info]   ${said}`), -1.034558)
    assert.equal(readFileStart('[info]   Duration: N/A, start: 0.500000, bitrate: N/A'), 0.5)
    assert.equal(readFileStart(`[info]     title           : ${said}`), null)
    assert.equal(readFileStart(`[info]                     :   ${said}`), null)
  })
})
