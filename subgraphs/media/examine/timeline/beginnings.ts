/**
 * Where a track begins: what an edit list says, and what ffmpeg makes of it. Of HE-AAC it leaves out twice as many samples as it
 * should where the track counts time at the full rate, of tracks in another unit more or fewer, and of fragmented files none (5.1).
 */
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import type { DecodedFrame } from '#runtime/timeline/step-finder.ts'

/** By the file's own clock. */
export interface Beginning {
  /** Where its file says that it is heard first. */
  readonly statedSeconds: number
  /** Where the first is that the decoder gave. */
  readonly decodedSeconds: number
  /** The longest time that passed between two of the first frames: what is there was not decoded. */
  readonly lackedSeconds: number
}

/** What lies before 0 is not to be heard. */
export function beginningOf(
  { startMs }: Pick<AudioTrack, 'startMs'>,
  fileStartSeconds: number,
  frames: readonly DecodedFrame[],
): Beginning | null {
  const decodedSeconds = frames[0]?.startSeconds ?? null
  if (decodedSeconds === null) return null
  const lacked = frames.slice(1).map(({ startSeconds }, before) => {
    const previous = frames[before]!
    if (startSeconds === null || previous.startSeconds === null) return 0
    return startSeconds - previous.startSeconds - previous.samples / previous.sampleRateHz
  })
  const statedSeconds = Math.max(0, fileStartSeconds + startMs / 1000)
  return { statedSeconds, decodedSeconds, lackedSeconds: Math.max(0, ...lacked) }
}

/** In these a list says to the sample what is heard first; in others the audio itself does, or nothing. */
export const hasEditLists = ({ container }: Pick<SourceMedia, 'container'>): boolean =>
  container === 'mov,mp4,m4a,3gp,3g2,mj2'

/** More than times are rounded by. */
const leastSeconds = 0.002

/** So much of a track's beginning that cannot be decoded is silence; less is what decoders need to begin. */
const leastLostSeconds = 0.25

/** How much of its beginning is there and was not decoded; 0: nothing to speak of. */
export function lostSeconds(beginning: Beginning | undefined): number {
  if (beginning === undefined) return 0
  const seconds = beginning.decodedSeconds - beginning.statedSeconds
  return seconds < leastLostSeconds ? 0 : seconds
}

/** Whether the track has to be decoded to find where its first samples are heard: its packets alone do not tell. */
export const isDamaged = (beginning: Beginning | undefined): boolean =>
  lostSeconds(beginning) > 0 || (beginning?.lackedSeconds ?? 0) >= leastLostSeconds

export const beginsElsewhere = (
  media: Pick<SourceMedia, 'container'>,
  beginning: Beginning | undefined,
): boolean =>
  beginning !== undefined &&
  hasEditLists(media) &&
  Math.abs(beginning.decodedSeconds - beginning.statedSeconds) >= leastSeconds
