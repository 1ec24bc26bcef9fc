/** Runs ffmpeg on a source for as long as its length warrants, and tells what the media is to blame for from what is our fault. */
import { DiskFullError } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError } from '#runtime/ffmpeg/ffmpeg.ts'
import { wallLimitMs } from '#runtime/ffmpeg/resource-limits.ts'

export interface SourceRun {
  /** How long the whole track is. */
  readonly trackMs: number
  readonly signal: AbortSignal
  readonly deadline?: AbortSignal
}

/**
 * @param work Is given the signal to heed.
 * @throws DomainError CORRUPT_FILE when ffmpeg could not read the source, UNSUPPORTED_CODEC when it could not mix or resample
 * it, CONVERSION_TIMED_OUT past the deadline; DiskFullError; the signal's reason, and anything else, as it is.
 */
export async function runOnSource<Result>(
  { trackMs, signal, deadline = AbortSignal.timeout(wallLimitMs(trackMs)) }: SourceRun,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(AbortSignal.any([signal, deadline]))
  } catch (error) {
    if (signal.aborted) throw error
    if (deadline.aborted) throw new DomainError('CONVERSION_TIMED_OUT', undefined, { cause: error })
    throw error instanceof FfmpegError ? meaningOf(error) : error
  }
}

function meaningOf(error: FfmpegError): Error {
  if (foundNoRoom(error)) return new DiskFullError('ffmpeg found no room for its output', { cause: error })
  if (isMisshapen(error)) {
    const meaning = 'Its channels or its sample rate cannot be brought to those of an MP3.'
    return new DomainError('UNSUPPORTED_CODEC', meaning, { cause: error })
  }
  return isMediaFault(error) ? new DomainError('CORRUPT_FILE', undefined, { cause: error }) : error
}

/** By ffmpeg's words for ENOSPC, at the end of what it says of its own output. */
const foundNoRoom = ({ errors }: FfmpegError): boolean =>
  errors.some((line) => /: (No space left on device|Disk quota exceeded)\.?$/.test(line.trim()))

/** 64 channels without a layout, or 2 GHz: what comes of a forged header, and of some recorders. */
const isMisshapen = ({ errors }: FfmpegError): boolean =>
  errors.some((line) => /\[SWR @ .*(Rematrix is needed|Failed to initialize resampler)/.test(line))

/** Everything else (killed, no such file) is ours. */
function isMediaFault({ errors, message }: FfmpegError): boolean {
  return /Invalid data|Error while decoding|could not find codec|does not contain any stream|matches no streams/i.test(
    [message, ...errors].join('\n'),
  )
}
