import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { crc16 } from './crc16.ts'
import { id3v2Bytes, readXingTag, sampleCountOf, withFigures } from './xing-tag.ts'

/** As lavf writes it: 64 kbit/s stereo at 44.1 kHz, 208 bytes; `Info` at 36, delay 576 and padding 1000 at 36 + 141. */
function tagFrame(): Buffer {
  const frame = Buffer.alloc(208)
  frame.write('fffb5004', 'hex')
  frame.write('Info', 36)
  frame.writeUInt32BE(0x0f, 40)
  frame.writeUInt32BE(50, 44)
  frame.writeUInt32BE(12_345, 48)
  frame.write('Lavf', 156)
  frame.write('2403e8', 177, 'hex')
  return frame
}

describe('readXingTag', () => {
  it('reads frames, bytes, delay and padding', () => {
    const tag = readXingTag(tagFrame())!
    assert.deepEqual(
      [tag.kind, tag.frames, tag.bytes, tag.encoderDelay, tag.endPadding, tag.samplesPerFrame, tag.channels],
      ['Info', 50, 12_345, 0x240, 0x3e8, 1152, 2],
    )
    assert.equal(sampleCountOf(tag), 50 * 1152 - 576 - 1000)
  })
  it('finds it after an ID3v2 tag', () => {
    // 2 * 128 + 1 bytes after its ten.
    const id3 = Buffer.alloc(10 + 257)
    id3.write('ID3')
    id3.set([4, 0, 0, 0, 0, 2, 1], 3)
    assert.equal(id3v2Bytes(id3), 267)
    const tag = readXingTag(Buffer.concat([id3, tagFrame()]))!
    assert.deepEqual([tag.position, tag.frameBytes], [267, 208])
  })
  it('finds none in a frame of audio', () => {
    const frame = tagFrame()
    frame.write('Imfo', 36)
    assert.equal(readXingTag(frame), null)
  })
})

describe('withFigures', () => {
  const figures = {
    kind: 'Xing',
    frames: 70_000,
    bytes: 3_000_000,
    tableOfContents: Buffer.from(Array.from({ length: 100 }, (_, index) => index)),
    endPadding: 1681,
    musicCrc: 0xabcd,
  } as const
  const frame = withFigures(tagFrame(), figures)

  it('changes the figures and keeps the delay', () => {
    const tag = readXingTag(frame)!
    assert.deepEqual(
      [tag.kind, tag.frames, tag.bytes, tag.encoderDelay, tag.endPadding],
      ['Xing', 70_000, 3_000_000, 576, 1681],
    )
    assert.deepEqual(frame.subarray(52, 152), figures.tableOfContents)
    assert.equal(frame.readUInt32BE(36 + 148), 3_000_000)
    assert.equal(frame.readUInt16BE(36 + 152), 0xabcd)
  })
  it('closes with the CRC of the 190 bytes before it', () => {
    assert.equal(frame.readUInt16BE(190), crc16(frame.subarray(0, 190)))
  })
  it('counts a frame of less than 190 bytes as followed by zeros', () => {
    const short = tagFrame().subarray(0, 192)
    const mono = Buffer.alloc(180) // 40 kbit/s at 32 kHz
    mono.write('fffb28c4', 'hex')
    short.copy(mono, 21, 36)
    const written = withFigures(mono, figures)
    const summed = Buffer.concat([written, Buffer.alloc(10)])
    summed.writeUInt16BE(0, 21 + 154)
    assert.equal(written.readUInt16BE(21 + 154), crc16(summed))
  })
  it('leaves the frame it was given alone', () => {
    const given = tagFrame()
    withFigures(given, figures)
    assert.deepEqual(given, tagFrame())
  })
})
