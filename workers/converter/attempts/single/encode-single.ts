/** Encodes one audio track as MP3, by one ffmpeg process. */
import type { Progress } from '#schema/documents/conversion-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { ChangingAudio } from '#converter/source/uneven-audio.ts'
import { encodeMp3, filterOptions, selectTrack } from '#converter/plan/mp3-options.ts'
import { expectedSamples, type Recipe } from '#converter/plan/recipe.ts'
import { runOnSource } from '#converter/source/run-on-source.ts'

export interface EncodeJob {
  readonly sourcePath: string
  readonly outputPath: string
  readonly recipe: Recipe
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** In samples a channel, at the MP3's rate. */
export interface EncodeResult {
  /** What went into the encoder. */
  readonly encodedSamples: number
  /** What should have, by what the decoder gave and the recipe keeps of it. */
  readonly expectedSamples: number
}

export type EncodeSingle = (job: EncodeJob) => Promise<EncodeResult>

/**
 * @throws DomainError CORRUPT_FILE when ffmpeg cannot decode the source, CONVERSION_TIMED_OUT past its limit; ChangingAudio.
 */
export function createEncodeSingle(runFfmpeg: RunFfmpeg): EncodeSingle {
  return async ({ sourcePath, outputPath, recipe, signal, onProgress }) => {
    const { track, trackMs } = recipe
    const totals = await runOnSource({ trackMs, signal }, (either) =>
      runFfmpeg({
        inputOptions,
        input: fileUrl(sourcePath),
        outputOptions: [...selectTrack(track), ...filterOptions(recipe), ...encodeMp3(recipe)],
        output: fileUrl(outputPath),
        limits: limitsFor(trackMs),
        signal: either,
        onProgress: ({ outTimeMs, speed }) => onProgress(progressOf(outTimeMs, speed, recipe)),
      }),
    )
    if (totals.audioChanges > 0) throw new ChangingAudio(`${totals.audioChanges} times`)
    return countsOf(totals, recipe)
  }
}

/** Time is the track's, from its first sample on. */
function progressOf(
  outTimeMs: number,
  speed: number,
  { startSample, sampleRateHz, lengthMs }: Recipe,
): Progress {
  const doneMs = Math.max(0, outTimeMs - (startSample / sampleRateHz) * 1000)
  const percent = lengthMs === 0 ? 0 : Math.min(99, (doneMs / lengthMs) * 100)
  const leftMs = Math.max(0, lengthMs - doneMs)
  return {
    percent: Math.round(percent * 10) / 10,
    speed,
    etaMs: speed > 0 ? Math.round(leftMs / speed) : null,
  }
}

function countsOf({ decodedSamples, encodedSamples }: FfmpegTotals, recipe: Recipe): EncodeResult {
  if (decodedSamples === null || encodedSamples === null)
    throw new Error('ffmpeg did not say how many samples it converted')
  if (decodedSamples === 0 || encodedSamples === 0)
    throw new DomainError('CORRUPT_FILE', 'The audio track holds no sound that can be decoded.')
  return { encodedSamples, expectedSamples: expectedSamples(recipe, decodedSamples) }
}
