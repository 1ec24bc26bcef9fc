/** Tells what the media is to blame for from what went wrong on our side, when ffmpeg has read it. */
import { DiskFullError } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError } from '#runtime/ffmpeg/ffmpeg.ts'

/**
 * @returns what is to be thrown: DomainError CORRUPT_FILE when ffmpeg could not read the source, CONVERSION_TIMED_OUT past
 * the deadline, DiskFullError; anything else as it is.
 */
export function asMediaFault(
  error: unknown,
  { signal, deadline }: { signal: AbortSignal; deadline: AbortSignal },
): unknown {
  if (signal.aborted) return error
  if (deadline.aborted) return new DomainError('CONVERSION_TIMED_OUT', undefined, { cause: error })
  if (!(error instanceof FfmpegError)) return error
  if (foundNoRoom(error)) return new DiskFullError('ffmpeg found no room for its output', { cause: error })
  return isMediaFault(error) ? new DomainError('CORRUPT_FILE', undefined, { cause: error }) : error
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
