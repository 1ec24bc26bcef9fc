/** Encodes one audio track as MP3, by one ffmpeg process. */
import type { Attempt } from '#converter/attempts/attempt.ts'
import { encodedMp3 } from '#converter/attempts/encoded-mp3.ts'
import type { ProveMp3, SampleCounts } from '#converter/proof/prove-mp3.ts'
import type { Progress } from '#schema/documents/conversion-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { assureNothingLost, ChangingAudio } from '#converter/source/uneven-audio.ts'
import { encodeMp3, filterOptions, selectTrack } from '#converter/plan/mp3-options.ts'
import { expectedSamples, type Recipe } from '#converter/plan/recipe.ts'
import { runOnSource } from '#converter/source/run-on-source.ts'

/**
 * For short audio, and for whatever could not be proven otherwise.
 * @throws DomainError CORRUPT_FILE when ffmpeg cannot decode the source, CONVERSION_TIMED_OUT past its limit; ChangingAudio, MissingAudio.
 */
export function createEncodeSingle(runFfmpeg: RunFfmpeg, proveMp3: ProveMp3): Attempt['make'] {
  return async (job) => {
    const { sourcePath, outputPath, recipe, share, signal, onProgress } = job
    const { track, trackMs } = recipe
    const encode = (either: AbortSignal) =>
      runFfmpeg({
        inputOptions: inputOptionsFor(recipe.reading),
        input: fileUrl(sourcePath),
        outputOptions: [...selectTrack(track), ...filterOptions(recipe), ...encodeMp3(recipe)],
        output: fileUrl(outputPath),
        limits: limitsFor(trackMs),
        signal: either,
        onProgress: ({ outTimeMs, speed }) => onProgress(progressOf(outTimeMs, speed, recipe)),
      })
    const totals = await share.run(() => runOnSource({ trackMs, signal }, encode), signal)
    if (totals.audioChanges > 0) throw new ChangingAudio(`${totals.audioChanges} times`)
    assureNothingLost(totals, recipe)
    return encodedMp3(proveMp3, job, { ...countsOf(totals, recipe), identicalToSingleEncoder: true })
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

function countsOf({ decodedSamples, encodedSamples }: FfmpegTotals, recipe: Recipe): SampleCounts {
  if (decodedSamples === null || encodedSamples === null)
    throw new Error('ffmpeg did not say how many samples it converted')
  if (decodedSamples === 0 || encodedSamples === 0)
    throw new DomainError('CORRUPT_FILE', 'Nothing of the audio track can be decoded.')
  return { encodedSamples, expectedSamples: expectedSamples(recipe, decodedSamples) }
}
