/** Reads a file to its end without decoding: what the header promises must be there. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'

/** How far the last packet may be from the promised end. Measured on truncated files: 0.5 s or 2 %, whichever is more. */
export const durationToleranceMs = (durationMs: number): number => Math.max(500, durationMs * 0.02)

export type Screen = (path: string, media: SourceMedia, signal: AbortSignal) => Promise<void>

/** @throws DomainError CORRUPT_FILE when packets end long before the header says, or none can be read. */
export function createScreen(runFfmpeg: RunFfmpeg): Screen {
  return async (path, media, signal) => {
    const deadline = AbortSignal.timeout(600_000)
    try {
      const totals = await runFfmpeg({
        inputOptions,
        input: fileUrl(path),
        outputOptions: ['-map', '0:v?', '-map', '0:a', '-c', 'copy', '-f', 'null'],
        output: '-',
        signal: AbortSignal.any([signal, deadline]),
      })
      if (
        totals.outTimeMs === 0 ||
        totals.outTimeMs < media.durationMs - durationToleranceMs(media.durationMs)
      ) {
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
