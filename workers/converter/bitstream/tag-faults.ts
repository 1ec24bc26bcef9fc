/** Everything that is wrong with an MP3's Xing/LAME tag, and with the ID3 tag before it, against the frames that follow. */
import { BrokenFrames } from './bit-reservoir.ts'
import { mostDelay } from './delays.ts'
import { measureFrames, type FrameMeasures } from './measure-frames.ts'
import { id3Faults } from './id3-faults.ts'
import { readFront } from './read-front.ts'
import { readXingDetails, type XingDetails } from './xing-details.ts'
import { sampleCountOf, type XingTag } from './xing-tag.ts'

export interface TagFaultsOptions {
  readonly signal: AbortSignal
  /** Whether it may say nothing of delay, padding and CRCs: where none of it is known. */
  readonly extensionMayLack?: boolean
}

/** Reads the file once, in bounded memory. @returns a sentence for each fault. */
export async function tagFaults(path: string, options: TagFaultsOptions): Promise<string[]> {
  const front = await readFront(path)
  if (front === null) return ['no complete Xing/LAME tag in the first frame']
  const { tag, bytes } = front
  const faults = tag.position === 0 ? [] : id3Faults(bytes.subarray(0, tag.position))
  const details = readXingDetails(bytes.subarray(tag.position))
  try {
    const measures = await measureFrames(path, tag, options.signal)
    return [
      ...faults,
      ...countFaults(tag, measures),
      ...tableFaults(tag, details, measures),
      ...extensionFaults(tag, details, measures, options),
    ]
  } catch (error) {
    if (error instanceof BrokenFrames) return [...faults, error.message]
    throw error
  }
}

function countFaults(tag: XingTag, measures: FrameMeasures): string[] {
  const faults: string[] = []
  if (measures.strangers > 0)
    faults.push(`${measures.strangers} frames of another rate, version or number of channels than the tag's`)
  if (tag.frames !== measures.frames) faults.push(`the tag counts ${tag.frames} frames of ${measures.frames}`)
  if (tag.bytes !== measures.bytes) faults.push(`the tag counts ${tag.bytes} bytes of ${measures.bytes}`)
  const kind = measures.variable ? 'Xing' : 'Info'
  if (tag.kind !== kind)
    faults.push(`the tag is named ${tag.kind} where bitrates ${measures.variable ? 'vary' : 'do not vary'}`)
  return faults
}

/** Each entry may be as far off as the next or last one would be right, and a frame: that is how fine it is written. */
function tableFaults(tag: XingTag, { tableOfContents }: XingDetails, measures: FrameMeasures): string[] {
  for (const [percent, entry] of tableOfContents.entries()) {
    if (percent > 0 && entry < tableOfContents[percent - 1]!)
      return [`the table of contents falls at ${percent} %`]
    // Made for other frames than there are, which is a fault already.
    if (tag.frames !== measures.frames) continue
    const least = Math.floor((256 * measures.earliest[percent]!) / measures.bytes) - 1
    const most = Math.ceil((256 * measures.latest[percent]!) / measures.bytes) + 1
    if (entry < least || entry > most)
      return [`the table of contents has ${entry} at ${percent} %, right were ${least} to ${most}`]
  }
  return []
}

function extensionFaults(
  tag: XingTag,
  { extension }: XingDetails,
  measures: FrameMeasures,
  { extensionMayLack = false }: TagFaultsOptions,
): string[] {
  if (extension === null) return extensionMayLack ? [] : ['the tag says nothing of delay and padding']
  const faults: string[] = []
  if (!/^[\x21-\x7e][\x20-\x7e]{3,}$/.test(extension.encoder)) faults.push('the tag names no encoder')
  if (extension.musicBytes !== measures.bytes)
    faults.push(`the tag's music length is ${extension.musicBytes} bytes of ${measures.bytes}`)
  if (extension.musicCrc !== measures.musicCrc)
    faults.push(`the tag's music CRC is ${extension.musicCrc}, that of the frames ${measures.musicCrc}`)
  if (!extension.tagCrcIsRight) faults.push('the CRC of the tag is wrong')
  if (Math.max(tag.encoderDelay, tag.endPadding) > mostDelay(tag.samplesPerFrame) || sampleCountOf(tag) <= 0)
    faults.push(`a delay of ${tag.encoderDelay} and a padding of ${tag.endPadding} samples make no sense`)
  return faults
}
