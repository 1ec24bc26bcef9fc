/** Reads the Xing/Info tag that LAME writes into the first frame of an MP3: how many frames, and which samples are padding. */

export interface XingTag {
  /** `Info` marks a constant bitrate, `Xing` a variable one. */
  readonly kind: 'Xing' | 'Info'
  /** Frames after the tag's own. */
  readonly frames: number
  /** Bytes of the audio part, the tag's own frame included. */
  readonly bytes: number
  /** Samples at the start that are the encoder's, not the source's. */
  readonly encoderDelay: number
  /** Samples at the end that are the encoder's. */
  readonly endPadding: number
  readonly samplesPerFrame: 576 | 1152
  readonly sampleRateHz: number
  readonly channels: 1 | 2
}

const sampleRatesHz = [
  [11_025, 12_000, 8_000], // MPEG 2.5
  null,
  [22_050, 24_000, 16_000], // MPEG 2
  [44_100, 48_000, 32_000], // MPEG 1
] as const

/**
 * @param head The first 4 KiB or more of the file, ID3v2 tag included.
 * @returns null when the first frame carries no complete tag.
 * @see ISO 11172-3, 2.4.1.3 (header) and the LAME tag specification, revision 1.
 */
export function readXingTag(head: Buffer): XingTag | null {
  const start = skipId3(head)
  if (head.length < start + 200 || head.readUInt16BE(start) >> 5 !== 0x7ff) return null
  const version = (head[start + 1]! >> 3) & 3
  const rate = sampleRatesHz[version]?.[(head[start + 2]! >> 2) & 3]
  if (rate === undefined) return null
  const mono = head[start + 3]! >> 6 === 3
  const sideInfoBytes = version === 3 ? (mono ? 17 : 32) : mono ? 9 : 17
  const tag = start + 4 + sideInfoBytes
  const kind = head.toString('latin1', tag, tag + 4)
  if (kind !== 'Xing' && kind !== 'Info') return null
  // Flags: frames, bytes, table of contents and quality all present.
  if (head.readUInt32BE(tag + 4) !== 0x0f) return null
  const lame = tag + 120
  const delays = head.readUIntBE(lame + 21, 3)
  return {
    kind,
    frames: head.readUInt32BE(tag + 8),
    bytes: head.readUInt32BE(tag + 12),
    encoderDelay: delays >> 12,
    endPadding: delays & 0xfff,
    samplesPerFrame: version === 3 ? 1152 : 576,
    sampleRateHz: rate,
    channels: mono ? 1 : 2,
  }
}

/** Samples a channel that a player gives back. */
export function sampleCountOf({ frames, samplesPerFrame, encoderDelay, endPadding }: XingTag): number {
  return frames * samplesPerFrame - encoderDelay - endPadding
}

/** Where the audio starts: after an ID3v2 tag, whose size is four times seven bits (ID3v2.4, section 3.1). */
function skipId3(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0
  return 10 + ((head[6]! << 21) | (head[7]! << 14) | (head[8]! << 7) | head[9]!)
}
