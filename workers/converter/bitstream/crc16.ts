/** CRC-16 as in the LAME tag: 0x8005 reflected, initial value 0 (LAME tag specification, "Music CRC" and "Info Tag CRC"). */

/** The table for k bytes further on is at 256 k: so eight bytes take one step instead of eight. */
const table = makeTable()

function makeTable(): Uint16Array {
  const made = new Uint16Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
    made[byte] = crc
  }
  for (let index = 256; index < made.length; index++) {
    const before = made[index - 256]!
    made[index] = (before >>> 8) ^ made[before & 255]!
  }
  return made
}

/** @param crc That of the bytes before, to go on with. */
export function crc16(bytes: Buffer, crc = 0): number {
  let value = crc
  let at = 0
  for (; at + 8 <= bytes.length; at += 8) {
    value =
      table[1792 + ((value ^ bytes[at]!) & 255)]! ^
      table[1536 + (((value >>> 8) ^ bytes[at + 1]!) & 255)]! ^
      table[1280 + bytes[at + 2]!]! ^
      table[1024 + bytes[at + 3]!]! ^
      table[768 + bytes[at + 4]!]! ^
      table[512 + bytes[at + 5]!]! ^
      table[256 + bytes[at + 6]!]! ^
      table[bytes[at + 7]!]!
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ table[(value ^ bytes[at]!) & 255]!
  return value
}
