/** Whether a file ends before its header says, where its tracks do not say when they end. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { warning } from '#schema/documents/warning.ts'
import { durationToleranceMs } from '#runtime/ffmpeg/duration-tolerance.ts'
import { clockWords } from '#runtime/timeline/time-words.ts'
import type { StreamClock } from './stream-clocks.ts'

/** These state one length for all of the file, and often none for a track. */
const ofOneLength: ReadonlySet<string> = new Set(['flv', 'matroska,webm', 'asf'])

/** The audio ends before; whether all else does, too, is to be seen from the packets. */
export const mayBeCutShort = (media: SourceMedia): boolean =>
  ofOneLength.has(media.container) && isShort(audioEndMs(media), media)

const audioEndMs = ({ audioTracks }: SourceMedia) =>
  Math.max(0, ...audioTracks.map((track) => track.startMs + (track.durationMs ?? 0)))

const isShort = (foundMs: number, { durationMs }: SourceMedia) =>
  foundMs < durationMs - durationToleranceMs(durationMs)

/** Of a film whose audio merely ends sooner, nothing is changed. */
export function asItEnds(media: SourceMedia, clocks: ReadonlyMap<number, StreamClock>): SourceMedia {
  const streams = [...clocks.values()]
  // From zero: a length may count from there, or from the first packet.
  const foundMs = Math.round(Math.max(0, ...streams.map((clock) => clock.lastSeconds)) * 1000)
  const { durationMs } = media
  if (streams.length === 0 || !isShort(foundMs, media)) return media
  const message = `The file says that it lasts ${clockWords(durationMs)}, and ends after ${clockWords(foundMs)}: it is cut short, or its header is wrong.`
  return {
    ...media,
    durationMs: Math.max(foundMs, audioEndMs(media)),
    warnings: [...media.warnings, warning('HEADER_WRONG', message)],
  }
}
