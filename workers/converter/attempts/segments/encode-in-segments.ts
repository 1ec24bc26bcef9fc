/** One attempt at a parallel encode: cut, encode all segments, join, and count the samples. */
import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { EncodeResult } from '#converter/attempts/single/encode-single.ts'
import { countTolerance, expectedSamples, samplesPerFrame, type Recipe } from '#converter/plan/recipe.ts'
import { runTogether } from '#converter/cores/run-together.ts'
import { ChangingAudio } from '#converter/source/uneven-audio.ts'
import type { ParallelEncodeJob, ParallelEncodeResult, ParallelOptions } from './parallel-encode.ts'
import { encodeSegment } from './encode-segment.ts'
import { joinSegments } from './join-segments.ts'
import { UnprovenSplice, type PlacedSegment } from './plan-joins.ts'
import { planSegments, tailFrames, type Segment, type SegmentMode } from './plan-segments.ts'
import { readSegmentEnds } from './segment-ends.ts'
import { createSegmentProgress } from './segment-progress.ts'

/** Frames around those that are compared: for the reservoir's reach and what the encoder adds at the end. */
const windowMarginFrames = 64

/** An AAC decoder may put noise where the encoder asked for noise, and not the same after a seek. */
const exactAfterSeek = new Set(['mp3', 'flac'])

interface Encoded {
  readonly placed: PlacedSegment
  readonly totals: FfmpegTotals
}

/**
 * @returns null when the sound is too short to be cut.
 * @throws UnprovenSplice when the result would not be proven; ChangingAudio; FfmpegError; the signal's reason.
 */
export async function encodeInSegments(
  runFfmpeg: RunFfmpeg,
  job: ParallelEncodeJob,
  mode: SegmentMode,
  options: ParallelOptions,
): Promise<ParallelEncodeResult | null> {
  const { recipe } = job
  const { track, sampleRateHz } = recipe
  const segments = planSegments({
    durationMs: recipe.lengthMs,
    sampleRateHz,
    samplesPerFrame: samplesPerFrame(sampleRateHz),
    count: job.share.cores,
    mode,
    leastSegmentMs: options.leastSegmentMs,
    warmUpFrames: options.warmUpFrames,
  })
  if (segments.length === 1) return null
  const folder = await mkdtemp(join(dirname(job.outputPath), 'segments-'))
  try {
    const encoded = await encodeAll(runFfmpeg, { job, mode, options, folder }, segments)
    const counts = countSamples(recipe, mode, segments, encoded)
    const splices = await joinSegments(
      encoded.map(({ placed }) => placed),
      job.outputPath,
      {
        leastEqualFrames: options.leastEqualFrames,
        sameAudioWillDo: recipe.rateControl.bitrateMode !== 'CBR',
        signal: job.signal,
      },
    )
    const exact = (mode === 'skip' || exactAfterSeek.has(track.codec)) && !recipe.gain?.hasMemory
    const identical = exact && splices.every(({ tier }) => tier === 'same-state')
    return { ...counts, path: `parallel-${mode}`, identical: identical ? 'proven' : 'not-compared' }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Attempt {
  readonly job: ParallelEncodeJob
  readonly mode: SegmentMode
  readonly options: ParallelOptions
  readonly folder: string
}

async function encodeAll(
  runFfmpeg: RunFfmpeg,
  { job, mode, options, folder }: Attempt,
  segments: readonly Segment[],
): Promise<Encoded[]> {
  const { sourcePath, recipe, share } = job
  const limit = AbortSignal.timeout(Math.min(60_000 + recipe.trackMs, 2 ** 31 - 1))
  const progress = createSegmentProgress(lengthsMs(recipe, segments), job.onProgress)
  const encodeOne = async (segment: Segment, index: number, signal: AbortSignal): Promise<Encoded> => {
    const outputPath = join(folder, `${index}.mp3`)
    const onProgress = (doneMs: number) => progress.report(index, doneMs)
    const work = { segment, mode, sourcePath, outputPath, recipe, signal, onProgress }
    const totals = await share.run(() => encodeSegment(runFfmpeg, work), signal)
    if (totals.audioChanges > 0) throw new ChangingAudio(`within segment ${index + 1}`)
    const ends = await readSegmentEnds(outputPath, options.warmUpFrames + tailFrames + windowMarginFrames)
    return { placed: { ends, firstFrame: segment.firstFrame }, totals }
  }
  return await runTogether(segments, encodeOne, AbortSignal.any([job.signal, limit]))
}

function lengthsMs({ sampleRateHz, lengthMs }: Recipe, segments: readonly Segment[]): number[] {
  const milliseconds = (samples: number) => (samples / sampleRateHz) * 1000
  return segments.map(({ startSample, endSample }) =>
    Math.max(0, (endSample === null ? lengthMs : milliseconds(endSample)) - milliseconds(startSample)),
  )
}

/** Every segment must have got the samples it asked for, and the last one those that are left. */
function countSamples(
  recipe: Recipe,
  mode: SegmentMode,
  segments: readonly Segment[],
  encoded: readonly Encoded[],
): EncodeResult {
  for (const [index, { startSample, endSample }] of segments.entries()) {
    const got = encoded[index]!.totals.encodedSamples
    if (endSample !== null && got !== endSample - startSample)
      throw new UnprovenSplice(`segment ${index + 1} has ${got} samples, not ${endSample - startSample}`)
  }
  const last = encoded.at(-1)!.totals
  const encodedSamples = segments.at(-1)!.startSample + (last.encodedSamples ?? 0)
  const { track, sampleRateHz } = recipe
  // Skipping, the last segment's decoder has heard everything; after a seek only the file's own word is there.
  const decodedSamples =
    mode === 'skip' ? (last.decodedSamples ?? 0) : ((track.durationMs ?? 0) * track.sampleRateHz) / 1000
  const expected = expectedSamples(recipe, decodedSamples)
  const tolerance = mode === 'skip' ? countTolerance(recipe) : sampleRateHz / 20
  if (Math.abs(encodedSamples - expected) > tolerance)
    throw new UnprovenSplice(`${encodedSamples} samples in all, not ${expected}`)
  return { encodedSamples, expectedSamples: mode === 'skip' ? expected : encodedSamples }
}
