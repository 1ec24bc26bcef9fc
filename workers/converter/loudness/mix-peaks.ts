/**
 * Holds the peaks of mixed channels below full scale: by one gain for all MP3s of a track, which leaves its dynamics as they are,
 * is found by measuring, and is none for most. A limiter would remember: segments could no longer be proven to be equal.
 */
import { warning, type Warning } from '#schema/documents/warning.ts'
import type { Logger } from '#runtime/process/log.ts'
import { maySumAbove } from '#converter/plan/mix.ts'
import { audioFilters } from '#converter/plan/mp3-options.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { codingOvershootDb, firstPlan, nextPlan, type GainPlan, type LoudnessWish } from './gain-plan.ts'
import type { JudgedLoudness, LoudMp3 } from './judge-loudness.ts'
import type { MeasurePeak } from './measure-peak.ts'

/** The highest true peak for distribution (EBU R 128, 2020, section h); of loudness only the peak is heeded. */
export const mixWish: LoudnessWish = { targetLufs: 0, maxTruePeakDbtp: -1 }

/** What coding adds to peaks is less than this: an MP3 of such a mix need not be measured. */
const surelyBelowDbtp = mixWish.maxTruePeakDbtp - 3

/** @returns null where nothing need be held. */
export function mixPlan({ mixPeakDbtp }: Pick<Recipe, 'mixPeakDbtp'>): GainPlan | null {
  if (mixPeakDbtp === null || mixPeakDbtp < surelyBelowDbtp) return null
  return firstPlan({ integratedLufs: null, truePeakDbtp: mixPeakDbtp }, mixWish)
}

export interface MixToMeasure {
  readonly sourcePath: string
  readonly recipe: Recipe
  readonly share: CoreShare
  readonly signal: AbortSignal
  readonly log: Logger
}

/**
 * Of the whole track, whatever part of it becomes an MP3: chapters are to be as loud as they stand beside each other.
 * @returns the recipe's `mixPeakDbtp`.
 */
export async function measureMix(
  measurePeak: MeasurePeak,
  { sourcePath: path, recipe, share, signal, log }: MixToMeasure,
): Promise<number | null> {
  const { track, reading, trackMs, sampleRateHz, loudness } = recipe
  if (!maySumAbove(track) || loudness !== null) return null
  const whole = { ...recipe, startSample: 0, endSample: null, fadeInSamples: 0, fadeOutSamples: 0 }
  const filters = audioFilters(whole)
  try {
    const audio = { path, reading, trackIndex: track.index, trackMs }
    return await measurePeak({ ...audio, filters, sampleRateHz, share, signal })
  } catch (error) {
    signal.throwIfAborted()
    log.info({ err: error }, 'the peaks of the mix could not be measured; those of the MP3 will be')
    return unknownPeakDbtp
  }
}

/** As if it just needed no gain: the MP3 is measured, and what is above the ceiling is taken back. */
export const unknownPeakDbtp = mixWish.maxTruePeakDbtp - codingOvershootDb

export function peaksWarning({ gainDb }: GainPlan): Warning[] {
  const quieterDb = Math.round(-gainDb)
  if (gainDb >= 0) return []
  const much = quieterDb < 1 ? 'a little' : `${quieterDb} dB`
  return [
    warning(
      'PEAKS_LIMITED',
      `Mixed to the MP3's channels, the audio would have passed full scale: all of it was made ${much} quieter.`,
    ),
  ]
}

/** What coding added to the peaks is taken back, by another round, until nothing is above the ceiling. */
export async function judgeMix(
  measurePeak: MeasurePeak,
  { outputPath: path, durationMs: trackMs, recipe, share, signal, log }: LoudMp3,
  plan: GainPlan,
): Promise<JudgedLoudness> {
  const mp3 = { path, reading: 'USUAL', trackIndex: 0, trackMs, filters: [] } as const
  const truePeakDbtp = await measurePeak({ ...mp3, sampleRateHz: recipe.sampleRateHz, share, signal })
  const better = nextPlan(plan, { integratedLufs: null, truePeakDbtp }, mixWish)
  if (better === null) log.info({ plan, truePeakDbtp }, 'the peaks of the mix were looked after')
  return { loudness: null, better }
}
