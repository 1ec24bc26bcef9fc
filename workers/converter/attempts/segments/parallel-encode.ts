/** What a parallel encode is asked for, and what it gives. */
import type { EncodeJob, EncodeResult } from '#converter/attempts/single/encode-single.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { Logger } from '#runtime/process/log.ts'

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
