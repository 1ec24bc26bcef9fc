/** Encodes one segment by an ffmpeg process of its own, with the options of the plain encode. */
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { encodeMp3, filterOptions, selectTrack } from '#converter/plan/mp3-options.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import type { Segment, SegmentMode } from './plan-segments.ts'

export interface SegmentJob {
  readonly segment: Segment
  readonly mode: SegmentMode
  readonly sourcePath: string
  readonly outputPath: string
  readonly recipe: Recipe
  readonly signal: AbortSignal
  /** How much of the segment is done, in milliseconds, and how fast. */
  readonly onProgress: (doneMs: number, speed: number) => void
}

/** A seek lands this much early, so that the decoder has settled when the segment begins. */
const settleSeconds = 0.5

export function encodeSegment(runFfmpeg: RunFfmpeg, job: SegmentJob): Promise<FfmpegTotals> {
  const { mode, recipe } = job
  const { sampleRateHz } = recipe
  const startSample = recipe.startSample + job.segment.startSample
  const endSample =
    job.segment.endSample === null ? recipe.endSample : recipe.startSample + job.segment.endSample
  // Against the first segment, which decodes all before it, the others' seeks are proven.
  const maySeek = mode === 'seek' && job.segment.startSample > 0
  const skippedSamples = maySeek ? seekSampleOf(startSample, sampleRateHz) : 0
  const seek = skippedSamples === 0 ? [] : ['-ss', (skippedSamples / sampleRateHz).toFixed(6)]
  const startMs = ((startSample - skippedSamples) / sampleRateHz) * 1000
  return runFfmpeg({
    inputOptions: [...inputOptionsFor(recipe.reading), ...seek],
    input: fileUrl(job.sourcePath),
    outputOptions: [
      ...selectTrack(recipe.track),
      ...filterOptions(recipe, { startSample, endSample, skippedSamples }),
      ...encodeMp3(recipe),
    ],
    output: fileUrl(job.outputPath),
    limits: limitsFor(recipe.trackMs),
    signal: job.signal,
    onProgress: ({ outTimeMs, speed }) => job.onProgress(Math.max(0, outTimeMs - startMs), speed),
  })
}

function seekSampleOf(startSample: number, rateHz: number): number {
  const settleSamples = Math.round(rateHz * settleSeconds)
  return startSample > 2 * settleSamples ? startSample - settleSamples : 0
}
