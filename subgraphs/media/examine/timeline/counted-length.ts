/** The length of a track by count, where what its header states is not that. */
import type { AudioTrack } from '#schema/documents/source-media.ts'

/** A header counts otherwise than packets do by a few of them: those at the beginning that are not heard, and the last one. */
const sameMs = 250

export const isSameLength = (oneMs: number, otherMs: number): boolean => Math.abs(oneMs - otherMs) <= sameMs

export function withDuration(track: AudioTrack, countedMs: number): AudioTrack {
  if (track.durationMs !== null && isSameLength(track.durationMs, countedMs)) return track
  return { ...track, durationMs: Math.max(1, Math.round(countedMs)) }
}
