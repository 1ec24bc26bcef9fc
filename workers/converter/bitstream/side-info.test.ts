import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { layouts, makeFrame } from '#converter/testing/frame-bytes.ts'
import { parseFrameHeader } from './frame-header.ts'
import { readMainDataBegin, readMainDataBits } from './side-info.ts'

const cases = {
  mpeg1Stereo: { header: 'fffb9404', frameBytes: 384, sideInfoBytes: 32, mainDataBegin: 0x12d, lengths: 4 },
  mpeg1Mono: { header: 'fffb94c4', frameBytes: 384, sideInfoBytes: 17, mainDataBegin: 0x1ff, lengths: 2 },
  mpeg2Stereo: { header: 'fff38404', frameBytes: 192, sideInfoBytes: 17, mainDataBegin: 0xa5, lengths: 2 },
  mpeg2Mono: { header: 'fff384c4', frameBytes: 192, sideInfoBytes: 9, mainDataBegin: 0xff, lengths: 1 },
} as const

describe('side information', () => {
  for (const name of ['mpeg1Stereo', 'mpeg1Mono', 'mpeg2Stereo', 'mpeg2Mono'] as const) {
    const { lengths, ...recipe } = cases[name]
    const mainDataBits = [4095, 1, 2730, 16].slice(0, lengths)
    const frame = makeFrame({ ...recipe, mainDataBits }, layouts[name])
    const header = parseFrameHeader(frame, 0)!
    it(`${name}: says where main data begins`, () => {
      assert.equal(header.frameBytes, recipe.frameBytes)
      assert.equal(header.sideInfoBytes, recipe.sideInfoBytes)
      assert.equal(readMainDataBegin(frame, 0, header), recipe.mainDataBegin)
    })
    it(`${name}: says how long main data is, over all granules and channels`, () => {
      const sum = mainDataBits.reduce((total, bits) => total + bits, 0)
      assert.equal(readMainDataBits(frame, 0, header), sum)
    })
  }

  it('is not misled by the fields between', () => {
    // 128 kbit/s stereo: main_data_begin 1 0111 0001b = 369; part2_3_length 717, 715, 725 and 730 bits.
    const bits = ['101110001', '000', '00000000']
    for (const length of [717, 715, 725, 730])
      bits.push(length.toString(2).padStart(12, '0') + '1'.repeat(47))
    const side = Buffer.from(
      bits
        .join('')
        .match(/.{8}/g)!
        .map((byte) => Number.parseInt(byte, 2)),
    )
    const frame = Buffer.concat([Buffer.from('fffb9064', 'hex'), side])
    const header = parseFrameHeader(frame, 0)!
    assert.equal(side.length, 32)
    assert.equal(readMainDataBegin(frame, 0, header), 369)
    assert.equal(readMainDataBits(frame, 0, header), 717 + 715 + 725 + 730)
  })
})
