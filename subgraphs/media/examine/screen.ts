/** Reads a file to its end without decoding: what the header promises must be there. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { durationToleranceMs } from '#runtime/ffmpeg/duration-tolerance.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { longestDurationMs } from './probe.ts'

/** Resolves with the media as it was read. */
export type Screen = (path: string, media: SourceMedia, signal: AbortSignal) => Promise<SourceMedia>

/**
 * Only audio is read: without its decoder, which we do not allow, some video has no parameters to copy.
 * @throws DomainError CORRUPT_FILE when none can be read, and as `mediaAsRead` does.
 */
export function createScreen(runFfmpeg: RunFfmpeg): Screen {
  return async (path, media, signal) => {
    const deadline = AbortSignal.timeout(600_000)
    try {
      const totals = await runFfmpeg({
        inputOptions,
        input: fileUrl(path),
        outputOptions: ['-map', '0:a', '-c', 'copy', '-f', 'null'],
        output: '-',
        signal: AbortSignal.any([signal, deadline]),
      })
      return mediaAsRead(media, totals.outTimeMs)
    } catch (error) {
      if (error instanceof FfmpegError || (deadline.aborted && !signal.aborted)) {
        throw new DomainError('CORRUPT_FILE', undefined, { cause: error })
      }
      throw error
    }
  }
}

/**
 * A recorder that could not go back to its header has left no length there, or one that is too short: what was read counts.
 * @param outTimeMs Where the audio was found to end.
 * @throws DomainError CORRUPT_FILE when that is long before the header says, or nothing was found; TOO_LONG.
 */
export function mediaAsRead(media: SourceMedia, outTimeMs: number): SourceMedia {
  const promisedMs = longestTrackMs(media)
  if (outTimeMs === 0 || outTimeMs < promisedMs - durationToleranceMs(promisedMs))
    throw new DomainError('CORRUPT_FILE', 'The file ends before its time: it is damaged or cut short.')
  if (outTimeMs > longestDurationMs) throw new DomainError('TOO_LONG')
  return lengthened(media, Math.round(outTimeMs))
}

function lengthened(media: SourceMedia, readMs: number): SourceMedia {
  if (readMs <= media.durationMs + durationToleranceMs(media.durationMs)) return media
  const tolerated = (durationMs: number | null) =>
    durationMs !== null && readMs <= durationMs + durationToleranceMs(durationMs)
  // Which of several tracks goes on for so long is not known: those whose length is doubtful have none.
  const audioTracks = media.audioTracks.map((track) =>
    tolerated(track.durationMs) ? track : { ...track, durationMs: null },
  )
  return { ...media, durationMs: readMs, audioTracks }
}

/** Of tracks that say; a file's own length may be its picture's. */
const longestTrackMs = ({ audioTracks }: SourceMedia): number =>
  Math.max(0, ...audioTracks.map((track) => track.durationMs ?? 0))
