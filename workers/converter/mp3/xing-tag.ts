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
const field = {
  flags: 4,
  frames: 8,
  bytes: 12,
  toc: 16,
  encoder: 120,
  delays: 141,
  musicBytes: 148,
  musicCrc: 152,
  tagCrc: 154,
  end: 156,
} as const
/** How much lavf takes the sum of, whatever the side information's length; a shorter frame counts as followed by zeros. */
const tagCrcSpan = 190
const hasAllFields = 0x0f

/**
 * @param head The first 4 KiB or more of the file, ID3v2 tag included.
 * @returns null when the first frame carries no complete tag.
 */
export function readXingTag(head: Buffer): XingTag | null {
  const position = id3v2Bytes(head)
  const header = parseFrameHeader(head, position)
  if (header === null || head.length < position + 200) return null
  const tag = position + 4 + header.sideInfoBytes
  if (tag + field.end > position + header.frameBytes) return null
  const kind = head.toString('latin1', tag, tag + 4)
  if (kind !== 'Xing' && kind !== 'Info') return null
  if (head.readUInt32BE(tag + field.flags) !== hasAllFields) return null
  const delays = head.readUIntBE(tag + field.delays, 3)
  return {
    kind,
    frames: head.readUInt32BE(tag + field.frames),
    bytes: head.readUInt32BE(tag + field.bytes),
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
  frame.writeUInt32BE(figures.frames, tag + field.frames)
  frame.writeUInt32BE(figures.bytes, tag + field.bytes)
  figures.tableOfContents.copy(frame, tag + field.toc)
  const delay = frame.readUIntBE(tag + field.delays, 3) >> 12
  frame.writeUIntBE((delay << 12) | figures.endPadding, tag + field.delays, 3)
  frame.writeUInt32BE(figures.bytes, tag + field.musicBytes)
  frame.writeUInt16BE(figures.musicCrc, tag + field.musicCrc)
  frame.writeUInt16BE(tagCrcOf(frame), tag + field.tagCrc)
  return frame
}

/** With its own field counted as zeros. */
function tagCrcOf(tagFrame: Buffer): number {
  const summed = Buffer.alloc(tagCrcSpan)
  tagFrame.copy(summed)
  const at = 4 + parseFrameHeader(tagFrame, 0)!.sideInfoBytes + field.tagCrc
  if (at < tagCrcSpan) summed.writeUInt16BE(0, at)
  return crc16(summed)
}

/** What else stands in a tag. */
export interface XingDetails {
  readonly tableOfContents: Buffer
  /** LAME's extension; null where there are but zeros: then nothing is known of delay and padding. */
  readonly extension: {
    /** What the first nine characters say it was encoded by. */
    readonly encoder: string
    readonly musicBytes: number
    readonly musicCrc: number
    readonly tagCrcIsRight: boolean
  } | null
}

/** @param tagFrame The frame of a tag that `readXingTag` could read. */
export function readXingDetails(tagFrame: Buffer): XingDetails {
  const tag = tagFrame.subarray(4 + parseFrameHeader(tagFrame, 0)!.sideInfoBytes)
  const extension = tag.subarray(field.encoder, field.end)
  return {
    tableOfContents: tag.subarray(field.toc, field.toc + 100),
    extension: extension.every((byte) => byte === 0)
      ? null
      : {
          encoder: tag.toString('latin1', field.encoder, field.encoder + 9).replace(/\0+$/, ''),
          musicBytes: tag.readUInt32BE(field.musicBytes),
          musicCrc: tag.readUInt16BE(field.musicCrc),
          tagCrcIsRight: tag.readUInt16BE(field.tagCrc) === tagCrcOf(tagFrame),
        },
  }
}

/** The length of the ID3v2 tag that `head` begins with; its size is four times seven bits (ID3v2.4, section 3.1). */
export function id3v2Bytes(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0
  return 10 + ((head[6]! << 21) | (head[7]! << 14) | (head[8]! << 7) | head[9]!)
}
