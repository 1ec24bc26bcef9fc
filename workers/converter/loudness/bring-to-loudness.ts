/** Makes an MP3 as loud as was asked for: measure, encode, measure the MP3, and again with what that has told. */
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import { audioFilters } from '#converter/plan/mp3-options.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { Gain, Recipe } from '#converter/plan/recipe.ts'
import { isReached, nextPlan, type GainPlan, type LoudnessWish } from './gain-plan.ts'
import { loudnessFilters } from './loudness-filters.ts'
import type { Loudness, MeasureLoudness } from './measure-loudness.ts'
import { measureMp3Loudness } from './measure-mp3.ts'
import { planGain } from './plan-gain.ts'

export interface LoudnessOrder {
  readonly sourcePath: string
  /** Where `encode` puts the MP3. */
  readonly outputPath: string
  readonly recipe: Recipe
  readonly wish: LoudnessWish
  readonly share: CoreShare
  readonly signal: AbortSignal
  readonly log: Logger
}

/**
 * @param encode Makes the MP3 by a recipe with a gain, and proves it.
 * @returns what the last encode gave, and how loud that is. A target that the ceiling keeps out of reach is missed.
 * @throws DomainError VERIFICATION_FAILED when a peak stays above the ceiling.
 */
export async function bringToLoudness<Result extends { readonly durationMs: number }>(
  measureLoudness: MeasureLoudness,
  order: LoudnessOrder,
  encode: (recipe: Recipe) => Promise<Result>,
): Promise<Result & { readonly loudness: Loudness }> {
  const { recipe, wish, outputPath: path, share, signal, log } = order
  const { sampleRateHz, channels } = recipe
  let plan = await planGain(measureSource(measureLoudness, order), wish, sampleRateHz)
  for (;;) {
    const result = await encode({ ...recipe, gain: gainOf(plan, sampleRateHz) })
    const mp3 = { path, durationMs: result.durationMs, sampleRateHz, channels }
    const loudness = await measureMp3Loudness(measureLoudness, mp3, share, signal)
    const better = nextPlan(plan, loudness, wish)
    if (better === null) {
      log.info({ loudness, plan, reached: isReached(loudness, wish) }, 'brought to a loudness')
      if ((loudness.truePeakDbtp ?? -Infinity) <= wish.maxTruePeakDbtp) return { ...result, loudness }
      const evidence = new Error(
        `true peak ${loudness.truePeakDbtp} dBTP, not ${wish.maxTruePeakDbtp} at most`,
      )
      throw new DomainError('VERIFICATION_FAILED', undefined, { cause: evidence })
    }
    plan = better
  }
}

function measureSource(
  measureLoudness: MeasureLoudness,
  { sourcePath, recipe, share, signal }: LoudnessOrder,
) {
  const { track, trackMs, lengthMs, sampleRateHz, channels } = recipe
  const common = { path: sourcePath, trackIndex: track.index, durationMs: trackMs, filteredMs: lengthMs }
  return (filters: readonly string[], truePeak: boolean) => {
    // As they will be encoded: a limiter of six channels is not that of the two they are mixed to.
    const all = audioFilters({ ...recipe, gain: { filters, hasMemory: true } })
    return measureLoudness({ ...common, filters: all, sampleRateHz, channels, truePeak, share, signal })
  }
}

function gainOf(plan: GainPlan, sampleRateHz: number): Gain | null {
  const filters = loudnessFilters(plan, sampleRateHz)
  return filters.length === 0 ? null : { filters, hasMemory: plan.limiter !== null }
}
