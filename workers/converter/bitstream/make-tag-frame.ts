/** Builds the Xing/Info tag with LAME's extension for frames whose own was lost (LAME tag specification, revision 1). */
import { parseFrameHeader } from './frame-header.ts'
import { tagField, withFigures, type XingFigures } from './xing-tag.ts'

export interface TagToMake extends XingFigures {
  /** Samples before the audio's first, the decoder's own not counted; null where nobody knows: it then has no extension. */
  readonly encoderDelay: number | null
  /** Of each frame, where all have the same. */
  readonly bitrateKbps: number | null
}

/** What lavf writes when it does not know the encoder. Without a name they know, decoders pass over delay and padding. */
const unknownEncoder = 'Lavf'
/** The lower half byte of revision and VBR method. */
const methods = { unknown: 0, constantBitrate: 1 } as const

/**
 * @param header Four bytes of the kind of frame to hold the tag: any of the audio's, at a bitrate with room enough.
 * @throws RangeError when there is not.
 */
export function makeTagFrame(header: Buffer, given: TagToMake): Buffer {
  const parsed = parseFrameHeader(header, 0)
  if (parsed === null) throw new RangeError('no frame header')
  const frame = Buffer.alloc(parsed.frameBytes)
  header.copy(frame, 0, 0, 4)
  frame[1]! |= 1 // No CRC of its own: it would lie where decoders look for the tag.
  const tag = 4 + parsed.sideInfoBytes
  if (tag + tagField.end > frame.length) throw new RangeError(`no room for a tag in ${frame.length} bytes`)
  frame.writeUInt32BE(tagField.allFlags, tag + tagField.flags)
  if (given.encoderDelay === null) {
    const whole = withFigures(frame, { ...given, endPadding: 0 })
    return whole.fill(0, tag + tagField.encoder, tag + tagField.end)
  }
  frame.write(unknownEncoder, tag + tagField.encoder, 'latin1')
  frame[tag + tagField.method] = given.bitrateKbps === null ? methods.unknown : methods.constantBitrate
  frame[tag + tagField.bitrate] = Math.min(given.bitrateKbps ?? 0, 255)
  frame.writeUIntBE(given.encoderDelay << 12, tag + tagField.delays, 3)
  return withFigures(frame, given)
}
