import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { crc16 } from './crc16.ts'

describe('crc16', () => {
  // The check value of CRC-16/ARC.
  it('of 123456789 is BB3D', () => assert.equal(crc16(Buffer.from('123456789')), 0xbb3d))
  it('of nothing is 0', () => assert.equal(crc16(Buffer.alloc(0)), 0))
  it('goes on where it was left', () => {
    const bytes = Buffer.from('an odd number of bytes, more than two steps of eight')
    for (let at = 0; at <= bytes.length; at++)
      assert.equal(crc16(bytes.subarray(at), crc16(bytes.subarray(0, at))), crc16(bytes))
  })
})
