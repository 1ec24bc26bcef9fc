/** Encodes one audio track as MP3 on several cores at once, and proves that it is what one process would have written. */
import type { Encode, EncodeJob, EncodeResult } from '#converter/encode.ts'
import { UnknownStuffing } from '#converter/mp3/stuffing.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { CoreShare } from './core-pool.ts'
import { encodeInSegments } from './encode-in-segments.ts'
import { allowsSeek } from './allows-seek.ts'
import { UnprovenSplice } from './plan-joins.ts'
import type { SegmentMode } from './plan-segments.ts'

export interface ParallelEncodeResult extends EncodeResult {
  /** How the MP3 was made. */
  readonly path: 'parallel-seek' | 'parallel-skip' | 'single'
  /** Whether its bytes are those of a single encoder. */
  readonly identical: 'proven' | 'not-compared'
}

export interface ParallelEncodeJob extends EncodeJob {
  readonly share: CoreShare
  readonly log: Logger
}

export interface ParallelOptions {
  /** Shorter segments spend more on overlaps than they are worth. */
  readonly leastSegmentMs: number
  /** How long an encoder that began late is given to fall into step: a multiple of 49 frames. Most take 196, a few 282. */
  readonly warmUpFrames: number
  /** Equal frames in a row that prove that it has. */
  readonly leastEqualFrames: number
  /** With fewer segments, decoding all before costs less than a seek may go wrong. */
  readonly seekFromSegments: number
}

export const defaultParallelOptions: ParallelOptions = {
  leastSegmentMs: 120_000,
  warmUpFrames: 343,
  leastEqualFrames: 24,
  seekFromSegments: 8,
}

export type EncodeParallel = (job: ParallelEncodeJob) => Promise<ParallelEncodeResult>

/**
 * @param encode The plain encode: for short sounds, and for whatever cannot be proven. It alone decides what is the media's
 * fault.
 */
export function createEncodeParallel(
  runFfmpeg: RunFfmpeg,
  encode: Encode,
  options: ParallelOptions = defaultParallelOptions,
): EncodeParallel {
  return async (job) => {
    for (const mode of await modesFor(job, options)) {
      try {
        const encoded = await encodeInSegments(runFfmpeg, job, mode, options)
        if (encoded !== null) return encoded
      } catch (error) {
        if (job.signal.aborted) throw error
        const expected = error instanceof UnprovenSplice || error instanceof UnknownStuffing
        job.log[expected ? 'info' : 'warn']({ err: error, mode }, 'no proof for a parallel encode')
      }
    }
    const encoded = await job.share.run(() => encode(job), job.signal)
    return { ...encoded, path: 'single', identical: 'proven' }
  }
}

/** From the fastest to the safest. */
async function modesFor(job: ParallelEncodeJob, options: ParallelOptions): Promise<SegmentMode[]> {
  if (job.share.cores < options.seekFromSegments) return ['skip']
  return (await allowsSeek(job.sourcePath, job.source.track)) ? ['seek', 'skip'] : ['skip']
}
