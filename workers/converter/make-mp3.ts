/** Makes one proven MP3 by its recipe. */
import type { Mp3Document, Progress } from '#schema/documents/conversion-document.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { Logger } from '#runtime/process/log.ts'
import { withKnownEnd } from './known-end.ts'
import type { CoreShare } from './parallel/core-pool.ts'
import type { EncodeParallel, ParallelEncodeResult } from './parallel/encode-parallel.ts'
import type { Recipe } from './recipe.ts'
import type { VerifiedMp3, VerifyMp3 } from './verify-mp3.ts'

export interface Mp3Job {
  readonly sourcePath: string
  readonly outputPath: string
  readonly recipe: Recipe
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly share: CoreShare
  readonly log: Logger
}

export interface MadeMp3 extends VerifiedMp3 {
  readonly encoding: NonNullable<Mp3Document['encoding']>
  readonly bitrateMode: Mp3Document['bitrateMode']
  readonly bitrateKbps: number
}

export type MakeMp3 = (job: Mp3Job) => Promise<MadeMp3>

export interface MakeMp3Dependencies {
  readonly runFfmpeg: RunFfmpeg
  readonly encode: EncodeParallel
  readonly verifyMp3: VerifyMp3
}

/** @throws DomainError for what the media is to blame for, VERIFICATION_FAILED when no path leads to a proven MP3. */
export function createMakeMp3({ runFfmpeg, encode, verifyMp3 }: MakeMp3Dependencies): MakeMp3 {
  return async (job) => {
    const { outputPath, signal, share } = job
    const endsUnknown = job.recipe.fadeOutSamples > 0
    const recipe = endsUnknown ? await share.run(() => withKnownEnd(runFfmpeg, job), signal) : job.recipe
    const encoded = await encode({ ...job, recipe }, (result) =>
      verifyMp3(outputPath, recipe, result, signal, share),
    )
    return { ...encoded.proof, encoding: encodingOf(encoded), ...bitrateOf(recipe, encoded.proof) }
  }
}

function bitrateOf({ rateControl }: Recipe, { averageBitrateKbps }: VerifiedMp3) {
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
