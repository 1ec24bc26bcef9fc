/** What is wrong with the lengths in an ID3v2 tag (ID3v2.3, section 3; ID3v2.4, section 3.1): a reader would lose its way. */

const headerBytes = 10
/** By the major version: the length of a frame is 4 times 8 bits in 2.3, 4 times 7 in 2.4. */
const bitsALengthByte: Readonly<Record<number, 7 | 8>> = { 3: 8, 4: 7 }

/** @param tag The whole tag, by the length it states, or as much of it as there is. */
export function id3Faults(tag: Buffer): string[] {
  if (tag.length < headerBytes || tag.toString('latin1', 0, 3) !== 'ID3') return ['no ID3v2 tag']
  const bits = bitsALengthByte[tag[3]!]
  if (bits === undefined) return [`ID3v2.${tag[3]} is neither 2.3 nor 2.4`]
  if (tag[5] !== 0) return [`ID3v2 flags ${tag[5]} of which none is ours`]
  if (!isSynchsafe(tag, 6)) return ['the length of the ID3v2 tag is no number of seven-bit digits']
  const stated = headerBytes + lengthAt(tag, 6, 7)
  if (stated !== tag.length) return [`the ID3v2 tag states ${stated} bytes and has ${tag.length}`]
  return frameFaults(tag, bits)
}

/** Frames one after another to the end, or to padding, which is zeros (ID3v2.3, section 3.3). */
function frameFaults(tag: Buffer, bits: 7 | 8): string[] {
  let at = headerBytes
  while (at < tag.length && tag[at] !== 0) {
    const id = tag.toString('latin1', at, at + 4)
    if (at + headerBytes > tag.length || !/^[A-Z0-9]{4}$/.test(id)) return [`no ID3v2 frame at byte ${at}`]
    if (bits === 7 && !isSynchsafe(tag, at + 4))
      return [`the length of ${id} is no number of seven-bit digits`]
    const length = lengthAt(tag, at + 4, bits)
    if (length === 0) return [`${id} is empty`]
    at += headerBytes + length
    if (at > tag.length) return [`${id} reaches beyond the ID3v2 tag`]
  }
  if (at === headerBytes) return ['an ID3v2 tag without a frame']
  return tag.subarray(at).every((byte) => byte === 0) ? [] : ['the padding of the ID3v2 tag is not of zeros']
}

const isSynchsafe = (bytes: Buffer, at: number): boolean =>
  bytes.subarray(at, at + 4).every((byte) => byte < 0x80)

const lengthAt = (bytes: Buffer, at: number, bits: 7 | 8): number =>
  bytes.subarray(at, at + 4).reduce((sum, digit) => sum * 2 ** bits + digit, 0)
