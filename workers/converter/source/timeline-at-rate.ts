/** A track's timeline in the samples that an MP3 is made of, and the one that is found while it is decoded. */
import type { Timeline } from '#schema/documents/timeline.ts'
import type { Warning } from '#schema/documents/warning.ts'
import { timelineOf } from '#runtime/timeline/timeline.ts'
import { timelineWarnings } from '#runtime/timeline/timeline-warnings.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import type { Decoded } from './decode-whole.ts'

/** @param decodedSamples At the new rate: a resampler gives some more or less than the ratio says. */
export function atRate({ runs }: Timeline, decodedSamples: number, ratio: number): Timeline {
  return { decodedSamples, runs: runs.map((sample) => Math.round(sample * ratio)) }
}

/** What the decoder lacked becomes silence; nothing is left out, as nobody has seen that it is told twice. */
export function foundTimeline(
  { track, sampleRateHz }: Recipe,
  { samples, found }: Pick<Decoded, 'samples' | 'found'>,
): { timeline: Timeline | null; warnings: Warning[] } {
  const gaps = found.steps.filter(({ bySeconds }) => bySeconds > 0)
  const inSamples = (seconds: number) => Math.round(seconds * sampleRateHz)
  const shifts = gaps.map((step) => ({
    from: inSamples(step.decodedSeconds),
    by: inSamples(step.bySeconds),
  }))
  let filledSeconds = 0
  const told = gaps.map(({ decodedSeconds, bySeconds }) => {
    const startMs = track.startMs + Math.round((decodedSeconds + filledSeconds) * 1000)
    filledSeconds += bySeconds
    return { is: 'gap', startMs, byMs: Math.round(bySeconds * 1000) } as const
  })
  return { timeline: timelineOf(samples, shifts), warnings: timelineWarnings(track.index, told) }
}
