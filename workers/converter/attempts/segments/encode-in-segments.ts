/** Encodes on several cores at once: cut, encode all segments, join, and count the samples. */
import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { AttemptJob, Candidate } from '#converter/attempts/attempt.ts'
import { encodedMp3 } from '#converter/attempts/encoded-mp3.ts'
import type { ProveMp3, SampleCounts } from '#converter/proof/prove-mp3.ts'
import { countTolerance, expectedSamples, samplesPerFrame, type Recipe } from '#converter/plan/recipe.ts'
import { runTogether } from '#runtime/process/run-together.ts'
import { assureNothingLost, ChangingAudio } from '#converter/source/uneven-audio.ts'
import { allowsSeek } from './allows-seek.ts'
import { encodeSegment } from './encode-segment.ts'
import { joinSegments } from './join-segments.ts'
import { UnprovenSplice, type PlacedSegment } from './plan-joins.ts'
import { planSegments, tailFrames, type Segment, type SegmentMode } from './plan-segments.ts'
import { readSegmentEnds } from './segment-ends.ts'
import type { SegmentOptions } from './segment-options.ts'
import { createSegmentProgress } from './segment-progress.ts'

/** Frames around those that are compared: for the reservoir's reach and what the encoder adds at the end. */
const windowMarginFrames = 64

/** An AAC decoder may put noise where the encoder asked for noise, and not the same after a seek. */
const exactAfterSeek = new Set(['mp3', 'flac'])

interface EncodedSegment {
  readonly placed: PlacedSegment
  readonly totals: FfmpegTotals
}

/**
 * Makes a candidate in one of two modes.
 * @returns null when the audio is too short to be cut, or a seek would not land where it should.
 * @throws UnprovenSplice when the result would not be proven; UnknownStuffing; ChangingAudio, MissingAudio; FfmpegError; the signal's reason.
 */
export type EncodeInSegments = (job: AttemptJob, mode: SegmentMode) => Promise<Candidate | null>

export function createEncodeInSegments(
  runFfmpeg: RunFfmpeg,
  proveMp3: ProveMp3,
  options: SegmentOptions,
): EncodeInSegments {
  const { warmUpFrames, leastEqualFrames } = options
  return async (job, mode) => {
    const { sourcePath, recipe, share } = job
    if (mode === 'seek' && !(await maySeek(job, options))) return null
    const segments = segmentsOf(job, mode, options)
    if (segments.length === 1) return null
    const progress = createSegmentProgress(lengthsMs(recipe, segments), job.onProgress)
    const folder = await mkdtemp(join(dirname(job.outputPath), 'segments-'))
    const encode = async (segment: Segment, index: number, signal: AbortSignal): Promise<EncodedSegment> => {
      const outputPath = join(folder, `${index}.mp3`)
      const onProgress = (doneMs: number) => progress.report(index, doneMs)
      const work = { segment, mode, sourcePath, outputPath, recipe, signal, onProgress }
      const totals = await share.run(() => encodeSegment(runFfmpeg, work), signal)
      if (totals.audioChanges > 0) throw new ChangingAudio(`within segment ${index + 1}`)
      const ends = await readSegmentEnds(outputPath, warmUpFrames + tailFrames + windowMarginFrames)
      return { placed: { ends, firstFrame: segment.firstFrame }, totals }
    }
    try {
      const encoded = await runTogether(segments, encode, AbortSignal.any([job.signal, timeLimit(recipe)]))
      const counts = countSamples(recipe, mode, segments, encoded)
      const placed = encoded.map((segment) => segment.placed)
      const sameAudioWillDo = recipe.rateControl.bitrateMode !== 'CBR'
      const proof = { leastEqualFrames, sameAudioWillDo, signal: job.signal }
      const splices = await joinSegments(placed, job.outputPath, proof)
      const identicalToSingleEncoder =
        isExact(recipe, mode) && splices.every(({ tier }) => tier === 'same-state')
      return encodedMp3(proveMp3, job, { ...counts, identicalToSingleEncoder })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const maySeek = async ({ share, sourcePath, recipe }: AttemptJob, { seekFromSegments }: SegmentOptions) =>
  share.cores >= seekFromSegments && (await allowsSeek(sourcePath, recipe))

const segmentsOf = (
  { recipe, share }: AttemptJob,
  mode: SegmentMode,
  { leastSegmentMs, warmUpFrames }: SegmentOptions,
): Segment[] =>
  planSegments({
    durationMs: recipe.lengthMs,
    sampleRateHz: recipe.sampleRateHz,
    samplesPerFrame: samplesPerFrame(recipe.sampleRateHz),
    count: share.cores,
    mode,
    leastSegmentMs,
    warmUpFrames,
  })

/** A safer attempt is to follow well before the job's own limit. */
const timeLimit = ({ trackMs }: Recipe): AbortSignal =>
  AbortSignal.timeout(Math.min(60_000 + trackMs, 2 ** 31 - 1))

/** Whether each segment's encoder is fed the samples that a single one would be, and nothing before it remembers. */
const isExact = ({ track, gain }: Recipe, mode: SegmentMode): boolean =>
  (mode === 'skip' || exactAfterSeek.has(track.codec)) && gain?.hasMemory !== true

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
  encoded: readonly EncodedSegment[],
): SampleCounts {
  for (const [index, { startSample, endSample }] of segments.entries()) {
    const got = encoded[index]!.totals.encodedSamples
    if (endSample !== null && got !== endSample - startSample)
      throw new UnprovenSplice(`segment ${index + 1} has ${got} samples, not ${endSample - startSample}`)
  }
  const last = encoded.at(-1)!.totals
  if (mode === 'skip') assureNothingLost(last, recipe)
  else if (encoded.some(({ totals }) => totals.decodeErrors > 0))
    throw new UnprovenSplice('not every packet was decoded')
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
