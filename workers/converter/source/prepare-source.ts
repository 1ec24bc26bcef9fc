/** What must be known of a source before anything is made of it: where it ends, and how much louder it is to become. */
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { GainPlan } from '#converter/loudness/gain-plan.ts'
import type { MeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import { mixPlan } from '#converter/loudness/mix-peaks.ts'
import { planGain } from '#converter/loudness/plan-gain.ts'
import { audioFilters } from '#converter/plan/mp3-options.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import { withKnownEnd } from './with-known-end.ts'

export interface PreparedSource {
  readonly sourcePath: string
  readonly recipe: Recipe
  /** The first plan; null where neither a loudness is asked for nor peaks have to be held. */
  readonly gainPlan: GainPlan | null
}

export interface SourceToPrepare {
  readonly sourcePath: string
  readonly recipe: Recipe
  readonly share: CoreShare
  readonly signal: AbortSignal
}

/** @throws ChangingAudio; DomainError CORRUPT_FILE, UNSUPPORTED_CODEC, CONVERSION_TIMED_OUT. */
export async function prepareSource(
  { runFfmpeg, measureLoudness }: { runFfmpeg: RunFfmpeg; measureLoudness: MeasureLoudness },
  source: SourceToPrepare,
): Promise<PreparedSource> {
  const { sourcePath, share, signal } = source
  const endsUnknown = source.recipe.fadeOutSamples > 0
  const recipe = endsUnknown ? await share.run(() => withKnownEnd(runFfmpeg, source), signal) : source.recipe
  const { loudness } = recipe
  const gainPlan =
    loudness === null
      ? mixPlan(recipe)
      : await planGain(measureOf(measureLoudness, { ...source, recipe }), loudness, recipe.sampleRateHz)
  return { sourcePath, recipe, gainPlan }
}

function measureOf(measureLoudness: MeasureLoudness, { sourcePath, recipe, share, signal }: SourceToPrepare) {
  const { track, reading, trackMs, lengthMs, sampleRateHz, channels } = recipe
  const audio = {
    path: sourcePath,
    reading,
    trackIndex: track.index,
    durationMs: trackMs,
    filteredMs: lengthMs,
  }
  return (filters: readonly string[], truePeak: boolean) => {
    // As they will be encoded: a limiter of six channels is not that of the two they are mixed to.
    const all = audioFilters({ ...recipe, gain: { filters, hasMemory: true } })
    return measureLoudness({ ...audio, filters: all, sampleRateHz, channels, truePeak, share, signal })
  }
}
