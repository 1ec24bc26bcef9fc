/** Finds where a track ends, to the sample, by decoding it: a fade-out is counted from there. */
import { DomainError } from '#runtime/domain-error.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { wallLimitMs } from '#runtime/ffmpeg/resource-limits.ts'
import { ChangingSound } from './even-out.ts'
import { asMediaFault } from './media-fault.ts'
import { selectTrack } from './mp3-options.ts'
import type { Recipe } from './recipe.ts'

/** @throws DomainError CORRUPT_FILE, also when the sound ends before the recipe begins. */
export async function withKnownEnd(
  runFfmpeg: RunFfmpeg,
  { sourcePath, recipe, signal }: { sourcePath: string; recipe: Recipe; signal: AbortSignal },
): Promise<Recipe> {
  const deadline = AbortSignal.timeout(wallLimitMs(recipe.trackMs))
  try {
    const { encodedSamples, soundChanges } = await runFfmpeg({
      inputOptions,
      input: fileUrl(sourcePath),
      outputOptions: [
        ...selectTrack(recipe.track),
        ...['-af', `aresample=${recipe.sampleRateHz}`, '-max_error_rate', '1', '-f', 'null'],
      ],
      output: '-',
      signal: AbortSignal.any([signal, deadline]),
    })
    if (soundChanges > 0) throw new ChangingSound(`${soundChanges} times`)
    if (encodedSamples === null || encodedSamples <= recipe.startSample) throw new DomainError('CORRUPT_FILE')
    const endSample = Math.min(encodedSamples, recipe.endSample ?? Infinity)
    const lengthMs = ((endSample - recipe.startSample) / recipe.sampleRateHz) * 1000
    const fadeOutSamples = Math.min(recipe.fadeOutSamples, endSample - recipe.startSample)
    return { ...recipe, endSample, lengthMs, fadeOutSamples }
  } catch (error) {
    throw asMediaFault(error, { signal, deadline })
  }
}
