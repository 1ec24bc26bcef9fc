/** Decides where audio is cut, and how far each piece reaches into its neighbours so that the cut can be proven. */

/** How a segment's first sample is found: by decoding all before it, or by a seek, which not every file allows. */
export type SegmentMode = 'skip' | 'seek'

export interface Segment {
  /** The frame of the whole MP3 that this segment's encoder begins with. */
  readonly firstFrame: number
  /** At the MP3's rate. */
  readonly startSample: number
  /** The first sample left out; null for the last segment, which goes on to the end. */
  readonly endSample: number | null
}

export interface SegmentsToPlan {
  readonly durationMs: number
  readonly sampleRateHz: number
  readonly samplesPerFrame: number
  /** How many at most. */
  readonly count: number
  readonly mode: SegmentMode
  readonly leastSegmentMs: number
  readonly warmUpFrames: number
}

/** At 44.1 kHz, padding slots repeat after 49 frames: only encoders that begin a multiple apart pad the same frames. */
const paddingPeriodFrames = 49

/** Frames a segment goes on after the cut: its last ones have heard the input end, and a few more must agree. */
export const tailFrames = 10

/** What decoding costs in skip mode, as a part of encoding the same audio. Measured on AAC: 0.037. */
const decodeCost = 0.04

/** @returns one segment when the audio is too short for two. */
export function planSegments(options: SegmentsToPlan): Segment[] {
  const { durationMs, sampleRateHz, samplesPerFrame, warmUpFrames } = options
  const count = Math.max(1, Math.min(options.count, Math.floor(durationMs / options.leastSegmentMs)))
  const frames = Math.ceil(((durationMs / 1000) * sampleRateHz) / samplesPerFrame)
  const cuts = Array.from({ length: count }, (_, index) => {
    const frame = frameOfCut(index, count, frames, options)
    return Math.round(frame / paddingPeriodFrames) * paddingPeriodFrames
  })
  return cuts.map((cut, index) => {
    const firstFrame = Math.max(0, cut - (index === 0 ? 0 : warmUpFrames))
    const end = cuts[index + 1]
    return {
      firstFrame,
      startSample: firstFrame * samplesPerFrame,
      endSample: end === undefined ? null : (end + tailFrames) * samplesPerFrame,
    }
  })
}

/**
 * Where segment `index` begins, so that all segments take equally long. One that ends at frame x costs its own length, the
 * decoding of all before x (d a frame, in skip mode) and, but for the first, its warm-up of w frames. With g = 1 / (1 + d) and
 * s_i = 1 + g + … + g^(i-1), segment i of n begins, for 0 < i < n, at x_i = (frames - g^n w) s_i / s_n + g^i w.
 */
function frameOfCut(
  index: number,
  count: number,
  frames: number,
  { mode, warmUpFrames }: SegmentsToPlan,
): number {
  if (index === 0) return 0
  const shrink = mode === 'seek' ? 1 : 1 / (1 + decodeCost)
  const sum = (terms: number) => (shrink === 1 ? terms : (1 - shrink ** terms) / (1 - shrink))
  return (
    ((frames - shrink ** count * warmUpFrames) * sum(index)) / sum(count) + shrink ** index * warmUpFrames
  )
}
