import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseFrameHeader } from './frame-header.ts'

const header = (hex: string) => parseFrameHeader(Buffer.from(hex, 'hex'), 0)

describe('parseFrameHeader', () => {
  it('reads MPEG-1 stereo at 192 kbit/s and 44.1 kHz, whose frames are 626 bytes long', () => {
    assert.deepEqual(header('fffbb064'), {
      version: 1,
      bitrateKbps: 192,
      sampleRateHz: 44_100,
      channels: 2,
      headerBytes: 4,
      sideInfoBytes: 32,
      frameBytes: 626,
      samplesPerFrame: 1152,
    })
  })
  it('adds the padding slot', () => assert.equal(header('fffbb264')?.frameBytes, 627))
  it('reads MPEG-1 mono, whose side information is 17 bytes long', () => {
    const parsed = header('fffb94c4')
    assert.equal(parsed?.sideInfoBytes, 17)
    assert.equal(parsed?.channels, 1)
    assert.equal(parsed?.frameBytes, 384) // 128 kbit/s at 48 kHz: 144 * 128000 / 48000
  })
  it('reads MPEG-2: half the samples, its own bitrates, shorter side information', () => {
    const parsed = header('fff38464')
    assert.equal(parsed?.version, 2)
    assert.equal(parsed?.samplesPerFrame, 576)
    assert.equal(parsed?.bitrateKbps, 64)
    assert.equal(parsed?.sampleRateHz, 24_000)
    assert.equal(parsed?.frameBytes, 192) // 72 * 64000 / 24000
    assert.equal(parsed?.sideInfoBytes, 17)
  })
  it('reads MPEG-2.5 mono', () => {
    const parsed = header('ffe318c4')
    assert.equal(parsed?.version, 2.5)
    assert.equal(parsed?.sampleRateHz, 8_000)
    assert.equal(parsed?.frameBytes, 72) // 72 * 8000 / 8000
    assert.equal(parsed?.sideInfoBytes, 9)
  })
  it('counts the CRC to the header', () => assert.equal(header('fffab064')?.headerBytes, 6))
  for (const [what, hex] of [
    ['no sync word', 'fe7bb064'],
    ['layer II', 'fffdb064'],
    ['the reserved version', 'ffebb064'],
    ['the reserved sample rate', 'fffbbc64'],
    ['free format', 'fffb0064'],
    ['the forbidden bitrate', 'fffbf064'],
    ['too few bytes', 'fffbb0'],
  ] as const) {
    it(`finds no header in ${what}`, () => assert.equal(header(hex), null))
  }
})
