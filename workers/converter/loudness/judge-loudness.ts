/** Measures how loud an MP3 has become, and plans the next round where that is not what was asked for. */
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import { isReached, nextPlan, type GainPlan } from './gain-plan.ts'
import type { Loudness, MeasureLoudness } from './measure-loudness.ts'
import { measureMp3Loudness } from './measure-mp3.ts'

export interface LoudMp3 {
  readonly outputPath: string
  readonly durationMs: number
  readonly recipe: Recipe
  readonly share: CoreShare
  readonly signal: AbortSignal
  readonly log: Logger
}

export interface JudgedLoudness {
  /** Null where none was asked for. */
  readonly loudness: Loudness | null
  /** Null where it is as near as it comes. A target that the ceiling keeps out of reach is missed. */
  readonly better: GainPlan | null
}

/**
 * @param plan What the MP3 was made by.
 * @throws DomainError VERIFICATION_FAILED when a peak stays above the ceiling.
 */
export async function judgeLoudness(
  measureLoudness: MeasureLoudness,
  { outputPath: path, durationMs, recipe, share, signal, log }: LoudMp3,
  plan: GainPlan,
): Promise<JudgedLoudness> {
  const { loudness: wish, sampleRateHz, channels } = recipe
  if (wish === null) throw new Error('a gain plan where no loudness is asked for')
  const mp3 = { path, durationMs, sampleRateHz, channels }
  const loudness = await measureMp3Loudness(measureLoudness, mp3, share, signal)
  const better = nextPlan(plan, loudness, wish)
  if (better !== null) return { loudness, better }
  log.info({ loudness, plan, reached: isReached(loudness, wish) }, 'the MP3 was brought to its loudness')
  if ((loudness.truePeakDbtp ?? -Infinity) <= wish.maxTruePeakDbtp) return { loudness, better }
  const evidence = new Error(`true peak ${loudness.truePeakDbtp} dBTP, not ${wish.maxTruePeakDbtp} at most`)
  throw new DomainError('VERIFICATION_FAILED', undefined, { cause: evidence })
}
