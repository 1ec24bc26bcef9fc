/** Finds where a track ends, to the sample, by decoding it: a fade-out is counted from there. */
import { DomainError } from '#runtime/domain-error.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { ChangingAudio } from './uneven-audio.ts'
import { selectTrack } from '#converter/plan/mp3-options.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import { runOnSource } from './run-on-source.ts'

/** @throws DomainError CORRUPT_FILE, also when the audio ends before the recipe begins; CONVERSION_TIMED_OUT; ChangingAudio. */
export async function withKnownEnd(
  runFfmpeg: RunFfmpeg,
  { sourcePath, recipe, signal }: { sourcePath: string; recipe: Recipe; signal: AbortSignal },
): Promise<Recipe> {
  const { track, trackMs, sampleRateHz, startSample } = recipe
  const { encodedSamples, audioChanges } = await runOnSource({ trackMs, signal }, (either) =>
    runFfmpeg({
      inputOptions: inputOptionsFor(recipe.reading),
      input: fileUrl(sourcePath),
      outputOptions: [
        ...selectTrack(track),
        ...['-af', heardOf(recipe), '-max_error_rate', '1', '-f', 'null'],
      ],
      output: '-',
      limits: limitsFor(trackMs),
      signal: either,
    }),
  )
  if (audioChanges > 0) throw new ChangingAudio(`${audioChanges} times`)
  if (encodedSamples === null || encodedSamples <= startSample) throw new DomainError('CORRUPT_FILE')
  const endSample = Math.min(encodedSamples, recipe.endSample ?? Infinity)
  const keptSamples = endSample - startSample
  return {
    ...recipe,
    endSample,
    lengthMs: (keptSamples / sampleRateHz) * 1000,
    fadeOutSamples: Math.min(recipe.fadeOutSamples, keptSamples),
  }
}

/** What comes after the recipe's end need not be decoded: one chapter of many would cost as much as all of them. */
const heardOf = ({ sampleRateHz, endSample }: Recipe): string =>
  [`aresample=${sampleRateHz}`, ...(endSample === null ? [] : [`atrim=end_sample=${endSample}`])].join(',')
