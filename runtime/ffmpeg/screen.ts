/** Reads a file to its end without decoding: what the header promises must be there. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'

/** How far the last packet may be from the promised end. Measured on truncated files: 0.5 s or 2 %, whichever is more. */
export const durationToleranceMs = (durationMs: number): number => Math.max(500, durationMs * 0.02)

export type Screen = (path: string, media: SourceMedia, signal: AbortSignal) => Promise<void>

/**
 * Only audio is read: without its decoder, which we do not allow, some video has no parameters to copy.
 * @throws DomainError CORRUPT_FILE when the audio ends long before the header says, or none can be read.
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
      const promisedMs = longestTrackMs(media)
      if (totals.outTimeMs === 0 || totals.outTimeMs < promisedMs - durationToleranceMs(promisedMs)) {
        throw new DomainError('CORRUPT_FILE', 'The file ends before its time: it is damaged or cut short.')
      }
    } catch (error) {
      if (error instanceof FfmpegError || (deadline.aborted && !signal.aborted)) {
        throw new DomainError('CORRUPT_FILE', undefined, { cause: error })
      }
      throw error
    }
  }
}

/** Of tracks that say; a file's own length may be its picture's. */
const longestTrackMs = ({ audioTracks }: SourceMedia): number =>
  Math.max(0, ...audioTracks.map((track) => track.durationMs ?? 0))
