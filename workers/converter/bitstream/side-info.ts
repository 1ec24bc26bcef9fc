/** Reads what places a frame's main data from its side information (ISO 11172-3, 2.4.1.7; lower rates ISO 13818-3, 2.4.1.7). */
import type { FrameHeader } from './frame-header.ts'

/**
 * Bits a granule of a channel has. After part2_3_length they differ: scalefac_compress is 4 bits long in MPEG-1, 9 below,
 * where there is no preflag.
 */
const granuleBits = { mpeg1: 59, lower: 63 } as const

/** main_data_begin: how many bytes before the frame's own area its main data begins. 9 bits in MPEG-1, 8 below. */
export function readMainDataBegin(bytes: Buffer, offset: number, header: FrameHeader): number {
  const at = offset + header.headerBytes
  return header.version === 1 ? (bytes[at]! << 1) | (bytes[at + 1]! >> 7) : bytes[at]!
}

/** The sum of part2_3_length over granules and channels: bits of scale factors and Huffman codes. */
export function readMainDataBits(bytes: Buffer, offset: number, header: FrameHeader): number {
  const mpeg1 = header.version === 1
  const step = mpeg1 ? granuleBits.mpeg1 : granuleBits.lower
  let position = (offset + header.headerBytes) * 8 + bitsBeforeGranules(mpeg1, header.channels)
  let bits = 0
  for (let left = (mpeg1 ? 2 : 1) * header.channels; left > 0; left--) {
    bits += readTwelveBits(bytes, position)
    position += step
  }
  return bits
}

/** main_data_begin, private bits, and in MPEG-1 four bits of scfsi a channel. */
function bitsBeforeGranules(mpeg1: boolean, channels: 1 | 2): number {
  return mpeg1 ? 9 + (channels === 1 ? 5 : 3) + 4 * channels : 8 + channels
}

function readTwelveBits(bytes: Buffer, position: number): number {
  const at = position >> 3
  const word = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | (bytes[at + 2] ?? 0)
  return (word >> (12 - (position & 7))) & 0xfff
}
