/** When audio is cut into segments, and how far they overlap. */

export interface SegmentOptions {
  /** Shorter segments spend more on overlaps than they are worth. */
  readonly leastSegmentMs: number
  /** How long an encoder that began late is given to fall into step: a multiple of 49 frames. Most take 196, a few 282. */
  readonly warmUpFrames: number
  /** Equal frames in a row that prove that it has. */
  readonly leastEqualFrames: number
  /** With fewer segments, decoding all before costs less than a seek may go wrong. */
  readonly seekFromSegments: number
}

export const defaultSegmentOptions: SegmentOptions = {
  leastSegmentMs: 120_000,
  warmUpFrames: 343,
  leastEqualFrames: 24,
  seekFromSegments: 8,
}
