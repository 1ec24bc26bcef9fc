/** Reads the seek table of a Xing/Info tag, and LAME's extension, to be held against the frames. */
import { parseFrameHeader } from './frame-header.ts'
import { tagCrcOf, tagField } from './xing-tag.ts'

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
  const extension = tag.subarray(tagField.encoder, tagField.end)
  return {
    tableOfContents: tag.subarray(tagField.toc, tagField.toc + 100),
    extension: extension.every((byte) => byte === 0)
      ? null
      : {
          encoder: tag.toString('latin1', tagField.encoder, tagField.encoder + 9).replace(/\0+$/, ''),
          musicBytes: tag.readUInt32BE(tagField.musicBytes),
          musicCrc: tag.readUInt16BE(tagField.musicCrc),
          tagCrcIsRight: tag.readUInt16BE(tagField.tagCrc) === tagCrcOf(tagFrame),
        },
  }
}
