/** The ladder to an MP3: attempts from the fastest to the safest, until one stands its proof. */
import type { Warning } from '#schema/documents/warning.ts'
import type { GainPlan } from '#converter/loudness/gain-plan.ts'
import { judgeLoudness, type LoudMp3 } from '#converter/loudness/judge-loudness.ts'
import type { Loudness, MeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import type { MeasurePeak } from '#converter/loudness/measure-peak.ts'
import { judgeMix, peaksWarning } from '#converter/loudness/mix-peaks.ts'
import { withGain } from '#converter/loudness/with-gain.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import type { PreparedSource } from '#converter/source/prepare-source.ts'
import { isUnevenAudio } from '#converter/source/uneven-audio.ts'
import {
  proveWhileStoring,
  type ProvenWhileStored,
  type Storing,
} from '#converter/store/prove-while-storing.ts'
import type { StoredMp3 } from '#converter/store/store-mp3.ts'
import type { PhaseTimes } from '#converter/phase-times.ts'
import type { Attempt, AttemptJob, Candidate, EncodingPath } from './attempt.ts'

export interface LadderJob extends Omit<AttemptJob, keyof PreparedSource> {
  readonly source: PreparedSource
  /** For the MP3 that lies at `outputPath`. */
  readonly storing: Storing
}

export interface MadeMp3 extends ProvenMp3 {
  readonly encoding: { readonly path: EncodingPath; readonly identicalToSingleEncoder: boolean }
  /** Null where none was asked for. */
  readonly loudness: Loudness | null
  /** What was odd, and done about it. */
  readonly warnings: readonly Warning[]
  readonly stored: StoredMp3
}

export interface Ladder {
  /** From the fastest to the safest. */
  readonly attempts: readonly Attempt[]
  readonly measureLoudness: MeasureLoudness
  readonly measurePeak: MeasurePeak
  readonly times: PhaseTimes
}

/**
 * What waits for what:
 * - An MP3 is stored while it is being proven. Where there is a gain plan, it is stored once it was proven and measured, as each
 *   round may be followed by another.
 * - What was refused is no longer being stored when the next attempt begins; the sweeps remove what was.
 * - An error of the store shows once the proof holds, and leads to no other attempt.
 * - An abort of the signal ends the attempt, the proof and the storing: none of them is running when this rejects.
 * @throws ChangingAudio, MissingAudio: no attempt can make good for them; DomainError VERIFICATION_FAILED when no attempt stands
 * its proof, or a peak stays above its ceiling; otherwise what the last attempt throws, or the store.
 */
export async function firstProven(
  { attempts, measureLoudness, measurePeak, times }: Ladder,
  { source, storing, ...job }: LadderJob,
): Promise<MadeMp3> {
  const { sourcePath, recipe } = source
  const ofEncodes = neverFalling(job.onProgress)
  const nextRound = source.gainPlan === null ? () => ofEncodes : roundsOf(ofEncodes)
  const judge = (made: LoudMp3, plan: GainPlan) =>
    recipe.loudness === null ? judgeMix(measurePeak, made, plan) : judgeLoudness(measureLoudness, made, plan)
  let { gainPlan } = source
  let onProgress = nextRound()
  for (const attempt of attempts) {
    for (;;) {
      // A refused pass-through is no part of the encode that follows.
      const told = attempt.path === 'PASSTHROUGH' ? job.onProgress : onProgress
      const round = { ...job, sourcePath, recipe: withGain(recipe, gainPlan), onProgress: told }
      let candidate: Candidate
      let proven: ProvenWhileStored
      try {
        const phase = { attributes: { 'earshot.encoding.path': attempt.path } }
        const startedMs = performance.now()
        const made = await times.run('encode', phase, () => attempt.make(round))
        if (made === null) break
        times.encoded(attempt.path, made.durationMs, performance.now() - startedMs)
        candidate = made
        const toStore = gainPlan === null ? storing : null
        proven = await times.run('prove', phase, () => proveWhileStoring(made, toStore, job.signal))
      } catch (error) {
        assureOthersMayFollow(attempt, error, job)
        break
      }
      const { proof } = proven
      const judged = gainPlan && (await judge({ ...round, ...proof }, gainPlan))
      if (judged === null || judged.better === null) {
        const { identicalToSingleEncoder } = candidate
        return {
          ...proof,
          encoding: { path: attempt.path, identicalToSingleEncoder },
          loudness: judged && judged.loudness,
          warnings: gainPlan !== null && recipe.loudness === null ? peaksWarning(gainPlan) : [],
          stored: await (proven.storing ?? storing.store(storing.tagOf(proof.durationMs), job.signal)),
        }
      }
      gainPlan = judged.better
      onProgress = nextRound()
    }
  }
  throw new Error('the last attempt neither made an MP3 nor failed')
}

/** @throws the error where no other attempt can make good for it. */
function assureOthersMayFollow(
  { path, leadsOn }: Attempt,
  error: unknown,
  { signal, log }: Pick<AttemptJob, 'signal' | 'log'>,
): void {
  if (signal.aborted || isUnevenAudio(error)) throw error
  const level = leadsOn(error)
  if (level === null) throw error
  log[level]({ err: error, path }, 'an attempt at the MP3 failed; the next safer one follows')
}

/** How often audio is encoded for its loudness is known only afterwards: each round is three fifths of what is left. */
function roundsOf(onProgress: AttemptJob['onProgress']): () => AttemptJob['onProgress'] {
  let left = 100
  return () => {
    const [begun, all] = [100 - left, left * 0.6]
    left -= all
    return (progress) => {
      const percent = begun + (all * progress.percent) / 100
      onProgress({ ...progress, percent: Math.round(percent * 10) / 10 })
    }
  }
}

/** What a later attempt repeats waits where the one before left it, until it gets beyond. */
function neverFalling(onProgress: AttemptJob['onProgress']): AttemptJob['onProgress'] {
  let most = 0
  return (progress) => {
    most = Math.max(most, progress.percent)
    onProgress({ ...progress, percent: most })
  }
}
