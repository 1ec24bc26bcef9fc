/** Encodes one audio track as MP3, by one ffmpeg process. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { ConversionSource, Progress } from '#schema/documents/conversion-document.ts'
import { DiskFullError } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { limitsFor, wallLimitMs } from '#runtime/ffmpeg/resource-limits.ts'
import { encodeMp3, selectTrack } from './mp3-options.ts'

export interface EncodeJob {
  readonly sourcePath: string
  readonly outputPath: string
  readonly source: ConversionSource
  readonly output: OutputOptions
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

export interface EncodeResult {
  /** Samples a channel that the decoder gave, at the source's rate. */
  readonly decodedSamples: number
  /** Samples a channel that went into the encoder, at the MP3's rate. */
  readonly encodedSamples: number
}

export type Encode = (job: EncodeJob) => Promise<EncodeResult>

/** @throws DomainError CORRUPT_FILE when ffmpeg cannot decode the source, CONVERSION_TIMED_OUT past its limit. */
export function createEncode(runFfmpeg: RunFfmpeg): Encode {
  return async (job) => {
    const deadline = AbortSignal.timeout(wallLimitMs(job.source.durationMs))
    try {
      const totals = await runFfmpeg({
        inputOptions,
        input: fileUrl(job.sourcePath),
        outputOptions: [...selectTrack(job.source.track), ...encodeMp3(job.source.track, job.output)],
        output: fileUrl(job.outputPath),
        limits: limitsFor(job.source.durationMs),
        signal: AbortSignal.any([job.signal, deadline]),
        onProgress: ({ outTimeMs, speed }) =>
          job.onProgress(progressOf(outTimeMs, speed, job.source.durationMs)),
      })
      return countsOf(totals)
    } catch (error) {
      if (job.signal.aborted) throw error
      if (deadline.aborted) throw new DomainError('CONVERSION_TIMED_OUT', undefined, { cause: error })
      if (error instanceof FfmpegError && foundNoRoom(error))
        throw new DiskFullError('ffmpeg found no room for its output', { cause: error })
      throw error instanceof FfmpegError && isMediaFault(error)
        ? new DomainError('CORRUPT_FILE', undefined, { cause: error })
        : error
    }
  }
}

function progressOf(outTimeMs: number, speed: number, durationMs: number): Progress {
  const percent = durationMs === 0 ? 0 : Math.min(99, (outTimeMs / durationMs) * 100)
  const leftMs = Math.max(0, durationMs - outTimeMs)
  return {
    percent: Math.round(percent * 10) / 10,
    speed,
    etaMs: speed > 0 ? Math.round(leftMs / speed) : null,
  }
}

function countsOf({ decodedSamples, encodedSamples }: FfmpegTotals): EncodeResult {
  if (decodedSamples === null || encodedSamples === null)
    throw new Error('ffmpeg did not say how many samples it converted')
  if (decodedSamples === 0 || encodedSamples === 0)
    throw new DomainError('CORRUPT_FILE', 'The audio track holds no sound that can be decoded.')
  return { decodedSamples, encodedSamples }
}

/** By ffmpeg's words for ENOSPC, at the end of what it says of its own output. */
const foundNoRoom = ({ errors }: FfmpegError): boolean =>
  errors.some((line) => /: (No space left on device|Disk quota exceeded)\.?$/.test(line.trim()))

/** Everything else (killed, no such file) is ours. */
function isMediaFault({ errors, message }: FfmpegError): boolean {
  return /Invalid data|Error while decoding|could not find codec|does not contain any stream|matches no streams/i.test(
    [message, ...errors].join('\n'),
  )
}
