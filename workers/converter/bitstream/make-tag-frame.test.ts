import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { crc16 } from './crc16.ts'
import { makeTagFrame, type TagToMake } from './make-tag-frame.ts'
import { readXingTag } from './xing-tag.ts'

const given: TagToMake = {
  kind: 'Info',
  frames: 121,
  bytes: 50_990,
  tableOfContents: Buffer.from(Array.from({ length: 100 }, (_, percent) => Math.floor(2.56 * percent))),
  endPadding: 1_074,
  musicCrc: 0xbeef,
  encoderDelay: 576,
  bitrateKbps: 128,
}
/** MPEG-1 stereo at 44.1 kHz and 64 kbit/s: 208 bytes, the tag at 36. */
const header = Buffer.from('fffb5000', 'hex')

describe('a tag that is made', () => {
  it('has each field where the specification has it', () => {
    const frame = makeTagFrame(header, given)
    assert.equal(frame.length, 208)
    const fields = [
      'fffb5000',
      '00'.repeat(32),
      Buffer.from('Info').toString('hex'),
      '0000000f', // frames, bytes, table and quality are there
      '00000079', // 121
      '0000c72e', // 50,990
      given.tableOfContents.toString('hex'),
      '00000000', // quality
      Buffer.from('Lavf\0\0\0\0\0').toString('hex'),
      '01', // revision 0, constant bitrate
      '00', // lowpass
      '00'.repeat(8), // replay gain
      '00', // flags and ATH
      '80', // 128 kbit/s
      '240432', // 576 and 1,074
      '00000000', // miscellaneous, gain, preset
      '0000c72e', // music length
      'beef',
    ]
    const bytes = Buffer.from(fields.join(''), 'hex')
    assert.equal(bytes.length, 190)
    assert.deepEqual(frame.subarray(0, 190), bytes)
    assert.equal(frame.readUInt16BE(190), crc16(bytes))
    assert.ok(frame.subarray(192).every((byte) => byte === 0))
  })
  it('names no bitrate where it varies, and the most a byte can say where it is more', () => {
    const variable = makeTagFrame(header, { ...given, kind: 'Xing', bitrateKbps: null })
    assert.deepEqual([variable[36 + 129], variable[36 + 140]], [0, 0])
    assert.equal(makeTagFrame(header, { ...given, bitrateKbps: 320 })[36 + 140], 255)
  })
  it('ends with the table where nothing is known of the delay', () => {
    const frame = makeTagFrame(header, { ...given, encoderDelay: null })
    assert.deepEqual(frame.subarray(0, 36 + 120), makeTagFrame(header, given).subarray(0, 36 + 120))
    assert.ok(frame.subarray(36 + 120).every((byte) => byte === 0))
    assert.equal(readXingTag(frame)?.frames, 121)
  })
  it('stands where mono and MPEG-2 have it, and never after a CRC', () => {
    for (const [hex, at] of [
      ['fffb54c0', 21],
      ['fff38400', 21],
      ['fff394c0', 13],
      ['fffa5000', 36],
    ] as const) {
      const frame = makeTagFrame(Buffer.from(hex, 'hex'), given)
      assert.equal(frame.toString('latin1', at, at + 4), 'Info')
      assert.equal(frame[1]! & 1, 1)
    }
  })
  it('needs a frame long enough', () => {
    assert.throws(() => makeTagFrame(Buffer.from('fffb1000', 'hex'), given), /no room/)
    assert.throws(() => makeTagFrame(Buffer.from('00000000', 'hex'), given), /no frame header/)
  })
})
