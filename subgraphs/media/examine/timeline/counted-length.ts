/** The length of a track by count, where what its header states is not that. */
import type { AudioTrack } from '#schema/documents/source-media.ts'
import { durationToleranceMs } from '#runtime/ffmpeg/duration-tolerance.ts'
import type { FoundSteps } from '#runtime/timeline/step-finder.ts'
import type { PacketSpan } from './packet-spans.ts'

/** A header counts otherwise than packets do by a few of them: those at the beginning that are not heard, and the last one. */
const sameMs = 250

export const isSameLength = (oneMs: number, otherMs: number): boolean => Math.abs(oneMs - otherMs) <= sameMs

export function withDuration(track: AudioTrack, countedMs: number): AudioTrack {
  if (track.durationMs !== null && isSameLength(track.durationMs, countedMs)) return track
  return { ...track, durationMs: Math.max(1, Math.round(countedMs)) }
}

/** Whether packets follow that the decoder gave nothing for. */
export function endsEarly({ decodedSeconds, endSeconds }: FoundSteps, lastPacketSeconds: number): boolean {
  return (lastPacketSeconds - endSeconds) * 1000 > durationToleranceMs(decodedSeconds * 1000)
}

/** A hint alone: a list of packets may lack those before its first. */
export const isShorter = (
  { decodedSeconds }: FoundSteps,
  { startMs, endMs }: Pick<PacketSpan, 'startMs' | 'endMs'> = { startMs: 0, endMs: 0 },
): boolean => decodedSeconds * 1000 < endMs - startMs - durationToleranceMs(endMs - startMs)
