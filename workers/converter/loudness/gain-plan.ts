/** Decides by how much audio is made louder or quieter, and whether its peaks are limited: before encoding, and again after. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import { nextDrive, type Driven } from './limiter-drive.ts'
import type { Loudness } from './measure-loudness.ts'

export type LoudnessWish = NonNullable<OutputOptions['loudness']>

export interface GainPlan {
  readonly gainDb: number
  /** Where a gain alone would lift peaks over the ceiling. */
  readonly limiter: { readonly ceilingDb: number } | null
  /** Of silence, and of less than 400 ms: no loudness can be aimed at, only the ceiling is kept. */
  readonly noLoudness: boolean
  /** How far the gain may be above the limiter's ceiling: beyond it more would be spoilt than gained. */
  readonly mostDriveDb: number
  /** Corrections since the first plan. */
  readonly round: number
  /** What the limiter of the plan before gave, to learn from how much it takes back. */
  readonly before: Driven | null
}

/** How far from its target a result may be. */
export const toleranceLu = 0.5

/** What coding adds to peaks is known only afterwards; most audio stays below this (at 320 kbit/s 0.1 dB, at 64 kbit/s 0.7). */
export const codingOvershootDb = 0.5

/** So much of the tolerance is given away where it spares a limiter. */
const spareLu = 0.3

const mostLimitingDb = 15
const mostRounds = 3
/** After the others, for a peak that is still above the ceiling. */
const mostPeakRounds = 3
/** Beyond what is over the ceiling; more in each round, as a coder makes other peaks of quieter audio. */
const safetyDb = 0.1
/** ffmpeg's alimiter takes amplitudes of 1/16 to 1. */
const [leastCeilingDb, mostCeilingDb] = [-24, 0]

/** @param measured The audio that will be encoded, with its true peak. */
export function firstPlan(measured: Loudness, { targetLufs, maxTruePeakDbtp }: LoudnessWish): GainPlan {
  const ceilingDb = maxTruePeakDbtp - codingOvershootDb
  const roomDb = measured.truePeakDbtp === null ? Number.POSITIVE_INFINITY : ceilingDb - measured.truePeakDbtp
  const mostDriveDb = mostLimitingDb - (measured.truePeakDbtp ?? Number.NEGATIVE_INFINITY)
  const rest = { limiter: null, mostDriveDb, round: 0, before: null }
  if (measured.integratedLufs === null) return { ...rest, gainDb: Math.min(0, roomDb), noLoudness: true }
  const wantedDb = targetLufs - measured.integratedLufs
  if (wantedDb - spareLu <= roomDb) return { ...rest, gainDb: Math.min(wantedDb, roomDb), noLoudness: false }
  return {
    ...rest,
    gainDb: Math.min(wantedDb, ceilingDb + mostDriveDb),
    limiter: { ceilingDb },
    noLoudness: false,
  }
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
  const onlyPeaks = previous.round + 1 >= mostRounds && excess > 0
  if (previous.round >= mostRounds + (onlyPeaks ? mostPeakRounds : 0)) return null
  const lowerBy = lowerByDb(previous, excess, missing)
  const base = { ...previous, round: previous.round + 1, before: drivenBy(previous, measured) }
  const bearable = Math.abs(missing + lowerBy) <= bearableLu - safetyDb
  if (previous.noLoudness || bearable || onlyPeaks) return scaled(base, lowerBy)
  if (base.before !== null) return drivenAnew(base, base.before, previous.before, { missing, lowerBy })
  const gainDb = previous.gainDb + missing
  const peakDbtp = (measured.truePeakDbtp ?? Number.NEGATIVE_INFINITY) + missing
  if (peakDbtp <= wish.maxTruePeakDbtp - safetyDb) return { ...base, gainDb }
  const ceilingDb = wish.maxTruePeakDbtp - codingOvershootDb
  return { ...base, gainDb: Math.min(gainDb, ceilingDb + base.mostDriveDb), limiter: { ceilingDb } }
}

/** Below zero where coding took from the peaks, so that the limiter can leave them more. */
function lowerByDb({ round, limiter }: GainPlan, excess: number, missing: number): number {
  if (excess > 0) return excess + safetyDb * (round + 1)
  if (limiter === null || missing <= 0 || !Number.isFinite(excess)) return 0
  return Math.min(0, excess + 3 * safetyDb)
}

const excessDb = ({ truePeakDbtp }: Loudness, wish: LoudnessWish): number =>
  truePeakDbtp === null ? Number.NEGATIVE_INFINITY : truePeakDbtp - wish.maxTruePeakDbtp

const missingLu = ({ integratedLufs }: Loudness, { targetLufs }: LoudnessWish): number =>
  integratedLufs === null ? 0 : targetLufs - integratedLufs

/** The same audio, only quieter or louder: a limiter is moved along. */
const scaled = (plan: GainPlan, lowerBy: number): GainPlan => ({
  ...plan,
  gainDb: plan.gainDb - lowerBy,
  limiter: plan.limiter && limiterAt(plan.limiter.ceilingDb - lowerBy),
})

const limiterAt = (ceilingDb: number) => ({
  ceilingDb: Math.min(mostCeilingDb, Math.max(leastCeilingDb, ceilingDb)),
})

const drivenBy = ({ gainDb, limiter }: GainPlan, { integratedLufs }: Loudness): Driven | null =>
  limiter === null || integratedLufs === null
    ? null
    : { driveDb: gainDb - limiter.ceilingDb, lufs: integratedLufs - limiter.ceilingDb }

/** @returns null when nothing would change. */
function drivenAnew(
  plan: GainPlan,
  now: Driven,
  before: Driven | null,
  { missing, lowerBy }: { missing: number; lowerBy: number },
): GainPlan | null {
  const ceilingDb = plan.gainDb - now.driveDb
  const limiter = limiterAt(ceilingDb - lowerBy)
  const wantedLu = missing + ceilingDb - limiter.ceilingDb
  const { driveDb, mostDriveDb } = nextDrive(now, before, wantedLu, plan.mostDriveDb)
  if (driveDb === now.driveDb && limiter.ceilingDb === ceilingDb) return null
  return { ...plan, gainDb: limiter.ceilingDb + driveDb, limiter, mostDriveDb }
}
