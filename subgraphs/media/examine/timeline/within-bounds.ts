/** Bounds the time that it may take to find out when the tracks of a file are heard. */
import { DomainError } from '#runtime/domain-error.ts'
import { FfmpegError } from '#runtime/ffmpeg/ffmpeg.ts'

/** A day of audio is decoded in three minutes, and a film in forty languages in a quarter of an hour. */
const wallMs = 1_800_000

/** For each run of a decoder, which may have two threads. */
export const decodingLimits = { cpuSeconds: 2 * (wallMs / 1000), fileBytes: 0 }

/** @throws DomainError TOO_LONG where the time is over, CORRUPT_FILE where a decoder fails or meets its own limit. */
export function withinBounds<Job extends { readonly signal: AbortSignal }, Result>(
  run: (job: Job) => Promise<Result>,
  mostMs = wallMs,
): (job: Job) => Promise<Result> {
  return async (job) => {
    const deadline = AbortSignal.timeout(mostMs)
    try {
      return await run({ ...job, signal: AbortSignal.any([job.signal, deadline]) })
    } catch (error) {
      job.signal.throwIfAborted()
      if (deadline.aborted) throw new DomainError('TOO_LONG', tooLong(mostMs), { cause: error })
      if (error instanceof FfmpegError) throw new DomainError('CORRUPT_FILE', undefined, { cause: error })
      throw error
    }
  }
}

const tooLong = (mostMs: number) =>
  `The audio does not simply go on, and to find out when all of it is heard takes longer than ${mostMs / 60_000} minutes, which is the most.`
