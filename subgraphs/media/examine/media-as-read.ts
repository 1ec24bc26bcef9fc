/** What a file's header states, held against the packets that were found: what can be counted is not believed. */
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import { warning, type Warning } from '#schema/documents/warning.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { durationToleranceMs } from '#runtime/ffmpeg/duration-tolerance.ts'
import { clockWords, timeWords } from '#runtime/timeline/time-words.ts'
import { longestDurationMs } from './probe.ts'
import { isSameLength, withDuration } from '#media/examine/timeline/counted-length.ts'
import { hasClock } from '#media/examine/timeline/has-clock.ts'
import type { PacketSpan } from '#media/examine/timeline/packet-spans.ts'

/** These state no length: ffprobe takes the time of their last packet from that of their first, whatever lies between. */
const withoutLength: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'ogg'])

/**
 * A recorder that could not go back to its header has left no length there, or one that is too short: what was read counts.
 * @param listed Of each audio track that has packets.
 * @throws DomainError CORRUPT_FILE when the audio ends long before the header says, or there is none.
 */
export function mediaAsRead(media: SourceMedia, listed: ReadonlyMap<number, PacketSpan>): SourceMedia {
  const isCounted = !hasClock(media.container) && !withoutTimes.has(media.container)
  const spans = isCounted
    ? new Map([...listed].map(([index, span]) => [index, oneAfterAnother(span)]))
    : listed
  const endMs = Math.max(0, ...[...spans.values()].map((span) => span.endMs))
  const promisedMs = promisedLength(media)
  if (endMs === 0 || endMs < promisedMs - durationToleranceMs(promisedMs))
    throw new DomainError('CORRUPT_FILE', 'The file ends before its time: it is damaged or cut short.')
  const audioTracks = media.audioTracks.map((track) => {
    const span = spans.get(track.index)
    // The time of an odd one is not yet known from its packets.
    if (span === undefined) return { ...track, isEmpty: true, durationMs: null }
    if (withoutTimes.has(media.container)) return agrees(track, span) ? track : { ...track, durationMs: null }
    if (span.isOdd) return believable(track)
    return withDuration(believable(track), span.endMs - span.startMs)
  })
  return {
    ...media,
    audioTracks,
    durationMs: fileMs(media, spans),
    warnings: [...media.warnings, ...lengthWarnings(media, audioTracks)],
  }
}

/**
 * An AVI's times and lengths are of bytes, at a rate that may not be so; Ogg tells a page's last, and ffmpeg guesses the others.
 * None of them is known where they are not the same.
 */
const withoutTimes: ReadonlySet<string> = new Set(['avi', 'ogg'])

const agrees = ({ durationMs }: AudioTrack, { startMs, endMs, packetsMs }: PacketSpan): boolean =>
  durationMs !== null && isSameLength(durationMs, packetsMs) && isSameLength(durationMs, endMs - startMs)

/** Without a clock, packets follow each other. */
const oneAfterAnother = (span: PacketSpan): PacketSpan => ({
  ...span,
  endMs: span.startMs + span.packetsMs,
  isOdd: false,
})

/** Of tracks that say; a file's own length may be its picture's. */
function promisedLength({ container, audioTracks }: SourceMedia): number {
  if (withoutLength.has(container)) return 0
  return Math.max(0, ...audioTracks.map((track) => believable(track).durationMs ?? 0))
}

/** A length beyond all we convert is mostly a field whose bits are all set, which means that it is not known. */
function believable<Track extends { readonly durationMs: number | null }>(track: Track): Track {
  return (track.durationMs ?? 0) > longestDurationMs ? { ...track, durationMs: null } : track
}

function fileMs({ container, durationMs }: SourceMedia, spans: ReadonlyMap<number, PacketSpan>): number {
  if (withoutTimes.has(container) && durationMs > 0) return durationMs
  const evenEnds = [...spans.values()].filter(({ isOdd }) => !isOdd).map(({ endMs }) => endMs)
  const readMs = Math.round(Math.max(0, ...evenEnds))
  if (durationMs > longestDurationMs) return readMs
  return readMs <= durationMs + durationToleranceMs(durationMs) ? durationMs : readMs
}

function lengthWarnings(
  { container, audioTracks }: SourceMedia,
  counted: SourceMedia['audioTracks'],
): Warning[] {
  if (withoutLength.has(container)) return []
  return audioTracks.flatMap(({ index, durationMs: statedMs }, at) => {
    const countedMs = counted[at]!.durationMs
    if (statedMs === null || countedMs === null) return []
    if (Math.abs(countedMs - statedMs) <= durationToleranceMs(statedMs)) return []
    const message = `The file says that this audio track lasts ${clockWords(statedMs)}; it lasts ${clockWords(countedMs)}.`
    return [warning('HEADER_WRONG', message, { audioTrack: index })]
  })
}

/** @throws DomainError TOO_LONG. */
export function assureLength({ durationMs, audioTracks }: SourceMedia): void {
  const longestMs = Math.max(durationMs, ...audioTracks.map((track) => track.durationMs ?? 0))
  if (longestMs <= longestDurationMs) return
  const message = `The audio lasts ${timeWords(longestMs)}, silence in its gaps included; at most ${timeWords(longestDurationMs)} are converted.`
  throw new DomainError('TOO_LONG', message)
}
