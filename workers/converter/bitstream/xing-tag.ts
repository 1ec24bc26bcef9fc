/** The Xing/Info tag with LAME's extension, which is an MP3's first frame: read it, and bring its figures up to date. */
import { crc16 } from './crc16.ts'
import { parseFrameHeader } from './frame-header.ts'

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
  /** Where the tag's frame begins: after ID3v2. */
  readonly position: number
  readonly frameBytes: number
}

/** What a tag says of the frames after it. */
export interface XingFigures {
  readonly kind: 'Xing' | 'Info'
  readonly frames: number
  readonly bytes: number
  /** 100 entries. */
  readonly tableOfContents: Buffer
  readonly endPadding: number
  /** Of all frames after the tag's own. */
  readonly musicCrc: number
}

/** Offsets from `Xing` or `Info`. Up to 120 Xing's own fields; from there LAME's, by its tag specification, revision 1. */
export const tagField = {
  flags: 4,
  frames: 8,
  bytes: 12,
  toc: 16,
  encoder: 120,
  method: 129,
  bitrate: 140,
  delays: 141,
  musicBytes: 148,
  musicCrc: 152,
  tagCrc: 154,
  end: 156,
  /** That there are frames, bytes, a table of contents and a quality. */
  allFlags: 0x0f,
} as const
/** How much lavf takes the sum of, whatever the side information's length; a shorter frame counts as followed by zeros. */
const tagCrcSpan = 190

/**
 * @param head The first 4 KiB or more of the file, ID3v2 tag included.
 * @returns null when the first frame carries no complete tag.
 */
export function readXingTag(head: Buffer): XingTag | null {
  const position = id3v2Bytes(head)
  const header = parseFrameHeader(head, position)
  if (header === null || head.length < position + header.frameBytes) return null
  const tag = position + 4 + header.sideInfoBytes
  if (tag + tagField.end > position + header.frameBytes) return null
  const kind = head.toString('latin1', tag, tag + 4)
  if (kind !== 'Xing' && kind !== 'Info') return null
  if (head.readUInt32BE(tag + tagField.flags) !== tagField.allFlags) return null
  const delays = head.readUIntBE(tag + tagField.delays, 3)
  return {
    kind,
    frames: head.readUInt32BE(tag + tagField.frames),
    bytes: head.readUInt32BE(tag + tagField.bytes),
    encoderDelay: delays >> 12,
    endPadding: delays & 0xfff,
    samplesPerFrame: header.samplesPerFrame,
    sampleRateHz: header.sampleRateHz,
    channels: header.channels,
    position,
    frameBytes: header.frameBytes,
  }
}

/** Samples a channel that a player gives back. */
export function sampleCountOf({
  frames,
  samplesPerFrame,
  encoderDelay,
  endPadding,
}: Pick<XingTag, 'frames' | 'samplesPerFrame' | 'encoderDelay' | 'endPadding'>): number {
  return frames * samplesPerFrame - encoderDelay - endPadding
}

/** @param tagFrame The frame of a tag that `readXingTag` could read. @returns a copy with other figures, its CRC made anew. */
export function withFigures(tagFrame: Buffer, figures: XingFigures): Buffer {
  const frame = Buffer.from(tagFrame)
  const tag = 4 + parseFrameHeader(frame, 0)!.sideInfoBytes
  frame.write(figures.kind, tag, 'latin1')
  frame.writeUInt32BE(figures.frames, tag + tagField.frames)
  frame.writeUInt32BE(figures.bytes, tag + tagField.bytes)
  figures.tableOfContents.copy(frame, tag + tagField.toc)
  const delay = frame.readUIntBE(tag + tagField.delays, 3) >> 12
  frame.writeUIntBE((delay << 12) | figures.endPadding, tag + tagField.delays, 3)
  frame.writeUInt32BE(figures.bytes, tag + tagField.musicBytes)
  frame.writeUInt16BE(figures.musicCrc, tag + tagField.musicCrc)
  frame.writeUInt16BE(tagCrcOf(frame), tag + tagField.tagCrc)
  return frame
}

/** The CRC of the tag itself, its field counted as zeros. */
export function tagCrcOf(tagFrame: Buffer): number {
  const summed = Buffer.alloc(tagCrcSpan)
  tagFrame.copy(summed)
  const at = 4 + parseFrameHeader(tagFrame, 0)!.sideInfoBytes + tagField.tagCrc
  if (at < tagCrcSpan) summed.writeUInt16BE(0, at)
  return crc16(summed)
}

/** The length of the ID3v2 tag that `head` begins with; its size is four times seven bits (ID3v2.4, section 3.1). */
export function id3v2Bytes(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0
  return 10 + ((head[6]! << 21) | (head[7]! << 14) | (head[8]! << 7) | head[9]!)
}
