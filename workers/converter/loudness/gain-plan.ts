/** Decides by how much a sound is made louder or quieter, and whether its peaks are limited: before encoding, and again after. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { Loudness } from './measure-loudness.ts'

export type LoudnessWish = NonNullable<OutputOptions['loudness']>

export interface GainPlan {
  readonly gainDb: number
  /** Where a gain alone would lift peaks over the ceiling. */
  readonly limiter: { readonly ceilingDb: number } | null
  /** Of silence, and of less than 400 ms: no loudness can be aimed at, only the ceiling is kept. */
  readonly noLoudness: boolean
  /** Beyond it a limiter would spoil more than it gains. */
  readonly mostGainDb: number
  /** Corrections since the first plan. */
  readonly round: number
  /** What the plan before gave, to learn from how much a limiter takes back. */
  readonly before: { readonly gainDb: number; readonly integratedLufs: number } | null
}

/** How far from its target a result may be. */
export const toleranceLu = 0.5

/** What coding adds to peaks is known only afterwards; most sounds stay below this (at 320 kbit/s 0.1 dB, at 64 kbit/s 0.7). */
export const codingOvershootDb = 0.5

/** So much of the tolerance is given away where it spares a limiter. */
const spareLu = 0.3

const mostLimitingDb = 15
const mostRounds = 3
const safetyDb = 0.1
const mostStepDb = 6
/** ffmpeg's alimiter goes down to an amplitude of 1/16. */
const leastCeilingDb = -24

/** How much louder a limited sound becomes for each decibel of gain, as long as it was not seen. */
const usualSlope = 0.8
/** Below it, more gain only lifts what lies between the peaks: the target is out of reach. */
const leastSlope = 0.15

/** @param measured The sound that will be encoded, with its true peak. */
export function firstPlan(measured: Loudness, { targetLufs, truePeakDbtp }: LoudnessWish): GainPlan {
  const ceilingDb = truePeakDbtp - codingOvershootDb
  const roomDb = measured.truePeakDbtp === null ? Number.POSITIVE_INFINITY : ceilingDb - measured.truePeakDbtp
  const rest = { limiter: null, mostGainDb: roomDb + mostLimitingDb, round: 0, before: null }
  if (measured.integratedLufs === null) return { ...rest, gainDb: Math.min(0, roomDb), noLoudness: true }
  const wantedDb = targetLufs - measured.integratedLufs
  if (wantedDb - spareLu <= roomDb) return { ...rest, gainDb: Math.min(wantedDb, roomDb), noLoudness: false }
  return { ...rest, gainDb: Math.min(wantedDb, rest.mostGainDb), limiter: { ceilingDb }, noLoudness: false }
}

/** Whether a result has the loudness that was asked for, to the tolerance, and no peak above the ceiling. */
export const isReached = (measured: Loudness, wish: LoudnessWish): boolean =>
  excessDb(measured, wish) <= 0 && Math.abs(missingLu(measured, wish)) <= toleranceLu

/**
 * @param measured What the plan before gave.
 * @returns null when it is good enough, or as near as it comes: `isReached` tells which.
 */
export function nextPlan(
  previous: GainPlan,
  measured: Loudness,
  wish: LoudnessWish,
  bearableLu: number = toleranceLu,
): GainPlan | null {
  const excess = excessDb(measured, wish)
  const missing = previous.noLoudness ? 0 : missingLu(measured, wish)
  if (excess <= 0 && Math.abs(missing) <= bearableLu) return null
  if (previous.round === mostRounds) return null
  const lowerBy = excess > 0 ? excess + safetyDb : 0
  const before =
    measured.integratedLufs === null
      ? null
      : { gainDb: previous.gainDb, integratedLufs: measured.integratedLufs }
  const base = { ...previous, round: previous.round + 1, before }
  const bearable = Math.abs(missing + lowerBy) <= bearableLu - safetyDb
  const last = base.round === mostRounds && excess > 0
  if (previous.noLoudness || bearable || last) return scaled(base, lowerBy)
  if (previous.limiter !== null)
    return limitedAnew(base, previous.limiter.ceilingDb - lowerBy, limitedGain(previous, measured, missing))
  const peakDbtp = (measured.truePeakDbtp ?? Number.NEGATIVE_INFINITY) + missing
  const gainDb = Math.min(previous.gainDb + missing, previous.mostGainDb)
  if (peakDbtp <= wish.truePeakDbtp - safetyDb) return { ...base, gainDb }
  return { ...base, gainDb, limiter: { ceilingDb: wish.truePeakDbtp - codingOvershootDb } }
}

const excessDb = ({ truePeakDbtp }: Loudness, wish: LoudnessWish): number =>
  truePeakDbtp === null ? Number.NEGATIVE_INFINITY : truePeakDbtp - wish.truePeakDbtp

const missingLu = ({ integratedLufs }: Loudness, { targetLufs }: LoudnessWish): number =>
  integratedLufs === null ? 0 : targetLufs - integratedLufs

/** The same sound, only quieter: a limiter is moved along. */
const scaled = (plan: GainPlan, lowerBy: number): GainPlan => ({
  ...plan,
  gainDb: plan.gainDb - lowerBy,
  limiter: plan.limiter && limiterAt(plan.limiter.ceilingDb - lowerBy),
})

const limiterAt = (ceilingDb: number) => ({ ceilingDb: Math.max(leastCeilingDb, ceilingDb) })

/** @returns null when nothing would change. */
function limitedAnew(plan: GainPlan, ceilingDb: number, gain: LimitedGain): GainPlan | null {
  const limiter = limiterAt(ceilingDb)
  const same = gain.gainDb === plan.gainDb && limiter.ceilingDb === plan.limiter?.ceilingDb
  return same ? null : { ...plan, ...gain, limiter }
}

type LimitedGain = Pick<GainPlan, 'gainDb' | 'mostGainDb'>

/** The gain before a limiter, which takes a part of it back. */
function limitedGain(
  { gainDb, mostGainDb, before }: GainPlan,
  { integratedLufs }: Loudness,
  missing: number,
): LimitedGain {
  if (integratedLufs === null) return { gainDb, mostGainDb }
  const raisedDb = before === null ? 0 : gainDb - before.gainDb
  const seen = before !== null && Math.abs(raisedDb) >= 0.5
  const slope = seen ? (integratedLufs - before.integratedLufs) / raisedDb : usualSlope
  if (seen && slope < leastSlope && missing > 0) {
    const enoughDb = Math.min(gainDb, before.gainDb)
    return { gainDb: enoughDb, mostGainDb: enoughDb }
  }
  const step = missing / Math.min(1, Math.max(slope, 2 * leastSlope))
  const stepped = gainDb + Math.max(-mostStepDb, Math.min(mostStepDb, step))
  return { gainDb: Math.min(mostGainDb, stepped), mostGainDb }
}
