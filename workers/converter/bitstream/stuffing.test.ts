import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bitsToBytes, bytesToBits, smallFrame } from '#converter/testing/frame-bytes.ts'
import { createMainData, framesIn } from './bit-reservoir.ts'
import { flipStuffing, nextStuffingBit, UnknownStuffing } from './stuffing.ts'

const name = bytesToBits(Buffer.from('LAME3.100', 'latin1'))

/** Two frames; the first has `bits` of main data, then this stuffing up to the second's. */
function withStuffing(bits: number, stuffing: string) {
  const bytes = Buffer.concat([smallFrame(0, bits), smallFrame(0, 0)])
  const data = createMainData(bytes, framesIn(bytes))
  data.write(0, bitsToBytes('1'.repeat(bits) + stuffing))
  return data
}

const after = (bits: number, stuffing: string) => {
  const data = withStuffing(bits, stuffing)
  flipStuffing(data, bits, bits + stuffing.length)
  return bytesToBits(data.read(0, 75)).slice(0, bits + stuffing.length)
}

describe('flipStuffing', () => {
  it('turns a run shorter than a byte', () => assert.equal(after(597, '010'), `${'1'.repeat(597)}101`))
  it('turns a run of many bytes that begins within one', () => {
    assert.equal(after(13, '10'.repeat(50)), '1'.repeat(13) + '01'.repeat(50))
  })
  it('leaves the name of the encoder alone, wherever in a byte it begins', () => {
    assert.equal(after(13, `${name}0101`), `${'1'.repeat(13)}${name}1010`)
  })
  it('knows a name that was cut short for want of room', () => {
    assert.equal(after(16, `${name.slice(0, 32)}01`), `${'1'.repeat(16)}${name.slice(0, 32)}10`)
  })
  it('finds a second name where the stuffing before the next frame begins', () => {
    const stuffing = `10101${name}01010101`
    assert.equal(after(11, stuffing), `${'1'.repeat(11)}01010${name}10101010`)
  })
  it('refuses what no LAME would have written', () => {
    assert.throws(() => after(8, '01100101'), UnknownStuffing)
  })
  it('twice restores what was there', () => {
    const data = withStuffing(37, `${name}${'01'.repeat(77)}`)
    const before = Buffer.from(data.bytes)
    flipStuffing(data, 37, 37 + 72 + 154)
    assert.notDeepEqual(data.bytes, before)
    flipStuffing(data, 37, 37 + 72 + 154)
    assert.deepEqual(data.bytes, before)
  })
})

describe('nextStuffingBit', () => {
  it('is the other bit than the last one stuffed', () => {
    const stuffing = '01'.repeat((600 - 13 - 1) / 2)
    assert.equal(nextStuffingBit(withStuffing(13, `${stuffing}0`), 1), 1)
    assert.equal(nextStuffingBit(withStuffing(14, stuffing), 1), 0)
  })
  it('is not known when nothing was stuffed', () =>
    assert.equal(nextStuffingBit(withStuffing(600, ''), 1), null))
})
