/**
 * Where the samples of a track are to be heard. A track is runs of samples; each run has its place, counted in samples from the
 * track's first. Before a run that has its place later than the one before it ends there is silence; of a run whose place is
 * taken already, the beginning is left out.
 */
import type { Timeline } from '#schema/documents/timeline.ts'

/** A run begins with the sample that is the decoder's `from`th, and is heard from the `at`th on. */
export interface Run {
  readonly from: number
  readonly at: number
}

/** How many of one more silence there may be in a track; of more, the shortest are made one with their neighbours. */
export const mostRuns = 10_000

/** @param shifts In order: from which sample on all that follows is to be heard so many samples later. Negative: earlier. */
export function timelineOf(
  decodedSamples: number,
  shifts: readonly { readonly from: number; readonly by: number }[],
): Timeline | null {
  let shift = 0
  const moved = shifts.filter(({ from, by }) => by !== 0 && from < decodedSamples)
  const kept = coarsened(moved.map(({ from, by }) => ({ from, at: from + (shift += by) })))
  if (kept.length === 0) return null
  return { decodedSamples, runs: kept.flatMap(({ from, at }) => [from, at]) }
}

/** Ten thousand places are kept to within a few packets, and a hundred thousand to within more. */
function coarsened(runs: readonly Run[]): readonly Run[] {
  let kept = runs
  for (let tolerance = 512; kept.length > mostRuns; tolerance *= 2) kept = movedByMoreThan(tolerance, runs)
  return kept
}

function movedByMoreThan(tolerance: number, runs: readonly Run[]): Run[] {
  let shift = 0
  return runs.filter(({ from, at }) => {
    if (Math.abs(at - from - shift) <= tolerance) return false
    shift = at - from
    return true
  })
}

/**
 * A track some of whose first samples are not to be heard, where ffmpeg leaves out more of them than the file says, or less: its
 * samples are counted from the very first that the decoder gives.
 */
export const countsPriming = ({ runs }: Timeline): boolean => runs[0] === 0 && runs[1]! < 0

/** For ffmpeg, before the input: to give all of them. */
export const withPriming: readonly string[] = ['-flags2', '+skip_manual']

/** What of the decoder's samples is kept, and where; in order, and none over another. */
export interface Stretch {
  /** The decoder's first of it, and the first after it. */
  readonly from: number
  readonly to: number
  readonly at: number
}

export function stretchesOf({ decodedSamples, runs }: Timeline): Stretch[] {
  const starts: Run[] = [{ from: 0, at: 0 }]
  for (let index = 0; index < runs.length; index += 2)
    starts.push({ from: runs[index]!, at: runs[index + 1]! })
  let end = 0
  return starts.flatMap((run, index) => {
    const to = starts[index + 1]?.from ?? decodedSamples
    const leftOut = Math.max(0, end - run.at)
    const from = run.from + leftOut
    if (from >= to) return []
    const at = run.at + leftOut
    end = at + (to - from)
    return [{ from, to, at }]
  })
}

/** How many samples are heard of it, silence among them. */
export function heardSamples(timeline: Timeline): number {
  const last = stretchesOf(timeline).at(-1)
  return last === undefined ? 0 : last.at + last.to - last.from
}
