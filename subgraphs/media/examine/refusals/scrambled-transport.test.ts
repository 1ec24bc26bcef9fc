import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isScrambled } from './scrambled-transport.ts'

const packet = (id: number, control: number) => {
  const bytes = Buffer.alloc(188, 0xff)
  bytes.writeUInt8(0x47, 0)
  bytes.writeUInt16BE(id, 1)
  bytes.writeUInt8(control, 3)
  return bytes
}
/** Tables in the clear, and then what is asked for. */
const stream = (control: number, count: number) =>
  Buffer.concat([
    packet(0, 0x10),
    packet(0x100, 0x10),
    ...Array.from({ length: count }, () => packet(0x101, control)),
  ])

describe('a transport stream', () => {
  it('is scrambled where most of its packets say so, by either key', () => {
    for (const control of [0x90, 0xd0, 0xb0]) assert.ok(isScrambled(stream(control, 100)))
  })

  it('is not where they are in the clear, have no payload, or are few', () => {
    assert.ok(!isScrambled(stream(0x10, 100)))
    assert.ok(!isScrambled(stream(0xa0, 100)))
    assert.ok(!isScrambled(stream(0x90, 10)))
    assert.ok(!isScrambled(Buffer.concat([stream(0x10, 100), stream(0x90, 50)])))
  })

  it('is told from any other file, and from one that ends within a packet', () => {
    assert.ok(!isScrambled(Buffer.alloc(0)))
    assert.ok(!isScrambled(Buffer.alloc(100_000, 0xff)))
    assert.ok(isScrambled(stream(0x90, 100).subarray(0, 99 * 188 + 50)))
  })

  it('may have the time before each packet, as Blu-ray has', () => {
    const timed = stream(0x90, 100)
    const packets = Array.from({ length: 102 }, (_, at) => timed.subarray(at * 188, at * 188 + 188))
    assert.ok(isScrambled(Buffer.concat(packets.flatMap((one) => [Buffer.alloc(4), one]))))
  })
})
