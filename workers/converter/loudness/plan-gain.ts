/** Finds the gain plan to encode with: where a limiter takes loudness back, by trying it out without encoding. */
import { firstPlan, nextPlan, type GainPlan, type LoudnessWish } from './gain-plan.ts'
import { loudnessFilters } from './loudness-filters.ts'
import type { Loudness } from './measure-loudness.ts'

/** Measures the audio that will be encoded, after these filters, too. */
export type MeasureFiltered = (filters: readonly string[], truePeak: boolean) => Promise<Loudness>

/** A limiter that takes off less than this leaves the loudness what it is. */
const heardLimitingDb = 2

/** Coding takes its part of the tolerance. */
const trialToleranceLu = 0.25

/** An encode costs twice as much as a trial, at least. */
export async function planGain(
  measure: MeasureFiltered,
  wish: LoudnessWish,
  sampleRateHz: number,
): Promise<GainPlan> {
  const source = await measure([], true)
  let plan = firstPlan(source, wish)
  if (plan.limiter === null) return plan
  const overDb = plan.gainDb + (source.truePeakDbtp ?? 0) - plan.limiter.ceilingDb
  if (overDb <= heardLimitingDb) return plan
  for (;;) {
    // Without its true peak, which is the limiter's ceiling; what coding makes of it is seen afterwards.
    const tried = await measure(loudnessFilters(plan, sampleRateHz), false)
    const better = nextPlan(plan, tried, wish, trialToleranceLu)
    // A trial is not compared with an MP3: what coding takes would look like what the limiter takes.
    if (better === null) return { ...plan, round: 0, before: null }
    plan = better
  }
}
