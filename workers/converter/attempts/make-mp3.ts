/** Makes one proven MP3 by its recipe. */
import type { Mp3Document, Progress } from '#schema/documents/conversion-document.ts'
import type { DiskSpace } from '#runtime/disk-space.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { PassThrough } from '#converter/attempts/passthrough/pass-through.ts'
import { NotCopyable } from '#converter/attempts/passthrough/not-copyable.ts'
import { evenOut, type EvenAudio, type Uneven } from '#converter/source/even-out.ts'
import { bringToLoudness } from '#converter/loudness/bring-to-loudness.ts'
import type { Loudness, MeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { EncodeParallel } from '#converter/attempts/segments/encode-parallel.ts'
import type { ParallelEncodeResult } from '#converter/attempts/segments/parallel-encode.ts'
import { isWhole, type Recipe } from '#converter/plan/recipe.ts'
import { isUnevenAudio, MissingAudio } from '#converter/source/uneven-audio.ts'
import { durationMsOf, type ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import type { ProveMp3 } from '#converter/proof/prove-mp3.ts'
import { withKnownEnd } from '#converter/source/with-known-end.ts'

export interface Mp3Job {
  readonly sourcePath: string
  readonly outputPath: string
  readonly recipe: Recipe
  /** Whether an MP3 track may be taken as it is. */
  readonly mayCopy: boolean
  readonly evenAudio: EvenAudio
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /**
   * Told of an MP3 at `outputPath` that is yet to be proven, and how long it is. The one told of last is the one that is
   * returned, and is not changed from then on. Need not be told: a copy, or one of several rounds for a loudness, is not.
   */
  readonly onEncoded: (durationMs: number) => void
  readonly share: CoreShare
  readonly log: Logger
}

export interface MadeMp3 extends ProvenMp3 {
  readonly encoding: NonNullable<Mp3Document['encoding']>
  readonly bitrateMode: Mp3Document['bitrateMode']
  readonly bitrateKbps: number
  /** Null where none was asked for. */
  readonly loudness: Loudness | null
}

export type MakeMp3 = (job: Mp3Job) => Promise<MadeMp3>

export interface MakeMp3Dependencies {
  readonly runFfmpeg: RunFfmpeg
  readonly encode: EncodeParallel
  readonly proveMp3: ProveMp3
  readonly measureLoudness: MeasureLoudness
  readonly passThrough: PassThrough
  readonly disk: DiskSpace
}

/** @throws DomainError for what the media is to blame for, VERIFICATION_FAILED when no path leads to a proven MP3. */
export function createMakeMp3(dependencies: MakeMp3Dependencies): MakeMp3 {
  return async (job) => {
    const copied = await copyIfPossible(dependencies, job)
    if (copied !== null) return copied
    try {
      return await makeEncoded(dependencies, job)
    } catch (error) {
      if (!isUnevenAudio(error)) throw error
      return await makeOfEvenAudio(dependencies, { ...job, fillsGaps: error instanceof MissingAudio })
    }
  }
}

async function makeEncoded(dependencies: MakeMp3Dependencies, job: Mp3Job): Promise<MadeMp3> {
  const { runFfmpeg, measureLoudness } = dependencies
  const { share, signal } = job
  const endsUnknown = job.recipe.fadeOutSamples > 0
  const recipe = endsUnknown ? await share.run(() => withKnownEnd(runFfmpeg, job), signal) : job.recipe
  const onProgress = neverFalling(job.onProgress)
  const { loudness: wish } = recipe
  if (wish === null)
    return { ...(await encodeProven(dependencies, { ...job, recipe, onProgress })), loudness: null }
  const round = roundsOf(onProgress)
  // Any of them may turn out to be too loud, or too soft.
  const onEncoded = () => undefined
  return await bringToLoudness(measureLoudness, { ...job, recipe, wish }, (wanted) =>
    encodeProven(dependencies, { ...job, recipe: wanted, onProgress: round(), onEncoded }),
  )
}

/** How often a sound is encoded for its loudness is known only afterwards: each round is three fifths of what is left. */
function roundsOf(onProgress: Mp3Job['onProgress']): () => Mp3Job['onProgress'] {
  let left = 100
  return () => {
    const [begun, all] = [100 - left, left * 0.6]
    left -= all
    return (progress) => {
      const percent = begun + (all * progress.percent) / 100
      onProgress({ ...progress, percent: Math.round(percent * 10) / 10 })
    }
  }
}

async function makeOfEvenAudio(
  dependencies: MakeMp3Dependencies,
  job: Mp3Job & Pick<Uneven, 'fillsGaps'>,
): Promise<MadeMp3> {
  job.log.info({ fillsGaps: job.fillsGaps }, 'the sound changes, or is missing, on the way; it is evened out')
  const recipe = await evenOut(dependencies.runFfmpeg, dependencies.disk, job)
  const made = await makeEncoded(dependencies, { ...job, recipe, sourcePath: job.evenAudio.path })
  return { ...made, encoding: { ...made.encoding, identicalToSingleEncoder: false } }
}

async function copyIfPossible(
  { passThrough }: MakeMp3Dependencies,
  { mayCopy, log, ...job }: Mp3Job,
): Promise<MadeMp3 | null> {
  const { track } = job.recipe
  if (!mayCopy || track.codec !== 'mp3' || !isWhole(job.recipe)) return null
  try {
    const encoding = { path: 'COPY', identicalToSingleEncoder: false } as const
    return { ...(await passThrough(job)), encoding, loudness: null }
  } catch (error) {
    if (!(error instanceof NotCopyable)) throw error
    log.info({ reason: error.message }, 'the MP3 track cannot be copied; it is encoded')
    return null
  }
}

async function encodeProven({ encode, proveMp3 }: MakeMp3Dependencies, job: Mp3Job) {
  const { outputPath, recipe, signal, share, onEncoded } = job
  const encoded = await encode(job, async (result) => {
    onEncoded(durationMsOf(result.encodedSamples, recipe.sampleRateHz))
    return await proveMp3(outputPath, recipe, result, signal, share)
  })
  return { ...encoded.proof, encoding: encodingOf(encoded), ...bitrateOf(recipe, encoded.proof) }
}

/** What is encoded again, for its loudness or by a safer path, waits where it was until it gets beyond. */
function neverFalling(onProgress: Mp3Job['onProgress']): Mp3Job['onProgress'] {
  let most = 0
  return (progress) => {
    most = Math.max(most, progress.percent)
    onProgress({ ...progress, percent: most })
  }
}

function bitrateOf({ rateControl }: Recipe, { averageBitrateKbps }: ProvenMp3) {
  const { bitrateMode } = rateControl
  return { bitrateMode, bitrateKbps: bitrateMode === 'CBR' ? rateControl.bitrateKbps : averageBitrateKbps }
}

const paths = {
  'parallel-seek': 'PARALLEL_SEEK',
  'parallel-skip': 'PARALLEL_SKIP',
  single: 'SINGLE',
} as const

const encodingOf = ({ path, identical }: ParallelEncodeResult): MadeMp3['encoding'] => ({
  path: paths[path],
  identicalToSingleEncoder: identical === 'proven',
})
