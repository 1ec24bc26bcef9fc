/** Finds the two mono tracks that are the left and the right of one sound, as cameras, recorders and editors write them. */
import { isDeepStrictEqual } from 'node:util'
import type { AudioTrack } from '#schema/documents/source-media.ts'

/** What two tracks of one recording may differ by at their end: half a packet, and how a container rounds. */
const sameMs = 100

/** Written by cameras and editors, which number their channels and name none. */
const ofCameras: ReadonlySet<string> = new Set(['mov,mp4,m4a,3gp,3g2,mj2', 'mxf', 'avi'])

/**
 * They are called so, or are the only two tracks of a camera's file: PCM, as only these have. Otherwise two mono tracks are two
 * languages, or a voice and its translation.
 * @param tracks That may be taken instead of the chosen one. @returns left and right; null where there are no such two.
 */
export function sidesOfOne(
  chosen: AudioTrack,
  tracks: readonly AudioTrack[],
  container: string,
): [AudioTrack, AudioTrack] | null {
  const alike = tracks.filter((track) => track.channels === 1 && belongsWith(chosen, track))
  const [one, other, ...more] = alike
  if (one === undefined || other === undefined || more.length > 0 || !alike.includes(chosen)) return null
  if (one.side === 'LEFT' && other.side === 'RIGHT') return [one, other]
  if (one.side === 'RIGHT' && other.side === 'LEFT') return [other, one]
  const unnamed = one.side === null && other.side === null && tracks.length === 2
  return unnamed && ofCameras.has(container) && alike.every(isPcm) ? [one, other] : null
}

const isPcm = ({ codec }: AudioTrack): boolean => codec.startsWith('pcm_')

const belongsWith = (chosen: AudioTrack, track: AudioTrack): boolean =>
  track.sampleRateHz === chosen.sampleRateHz &&
  track.language === chosen.language &&
  track.purpose === chosen.purpose &&
  // They are put side by side sample for sample: where one begins later, or lacks some, the rest of it would be too early.
  track.startMs === chosen.startMs &&
  isDeepStrictEqual(track.timeline, chosen.timeline) &&
  Math.abs((track.durationMs ?? 0) - (chosen.durationMs ?? 0)) <= sameMs
