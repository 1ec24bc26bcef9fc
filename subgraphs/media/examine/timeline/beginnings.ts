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
}

/** What lies before 0 is not to be heard. */
export const beginningOf = (
  { startMs }: Pick<AudioTrack, 'startMs'>,
  fileStartSeconds: number,
  first: DecodedFrame | null,
): Beginning | null =>
  first === null || first.startSeconds === null
    ? null
    : {
        statedSeconds: Math.max(0, fileStartSeconds + startMs / 1000),
        decodedSeconds: first.startSeconds,
      }

/** In these a list says to the sample what is heard first; in others the audio itself does, or nothing. */
export const hasEditLists = ({ container }: Pick<SourceMedia, 'container'>): boolean =>
  container === 'mov,mp4,m4a,3gp,3g2,mj2'

/** More than times are rounded by. */
const leastSeconds = 0.002

export const beginsElsewhere = (
  media: Pick<SourceMedia, 'container'>,
  beginning: Beginning | undefined,
): boolean =>
  beginning !== undefined &&
  hasEditLists(media) &&
  Math.abs(beginning.decodedSeconds - beginning.statedSeconds) >= leastSeconds
