/** A track as it is to be heard, by the steps in its time and by where it begins. */
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import type { Warning } from '#schema/documents/warning.ts'
import type { FoundSteps } from '#runtime/timeline/step-finder.ts'
import { timelineWarnings, type ToldStep } from '#runtime/timeline/timeline-warnings.ts'
import { heardSamples, timelineOf } from '#runtime/timeline/timeline.ts'
import { hasEditLists } from './beginnings.ts'
import type { JudgedStep } from './judge-steps.ts'

export interface HeardTrack {
  readonly track: AudioTrack
  readonly warnings: readonly Warning[]
  readonly told: readonly ToldStep[]
}

export interface TrackToHear {
  readonly media: Pick<SourceMedia, 'container'>
  readonly track: AudioTrack
  readonly found: Pick<FoundSteps, 'decodedSeconds'>
  /** When the first of what was decoded is to be heard: before the track begins, or after silence. */
  readonly beginSeconds: number
  readonly steps: readonly JudgedStep[]
}

export function heardTrack(given: TrackToHear): HeardTrack {
  const { track, found, beginSeconds, steps } = given
  const samples = (seconds: number) => Math.round(seconds * track.sampleRateHz)
  const decodedSamples = samples(found.decodedSeconds)
  const timeline = timelineOf(decodedSamples, [
    { from: 0, by: samples(beginSeconds) },
    ...steps.map((step) => ({
      from: samples(step.decodedSeconds),
      by: step.is === 'jump' ? 0 : samples(step.bySeconds),
    })),
  ])
  const told = toldSteps(given)
  const heardMs = ((timeline === null ? decodedSamples : heardSamples(timeline)) / track.sampleRateHz) * 1000
  return {
    track: { ...track, timeline, durationMs: Math.max(1, Math.round(heardMs)) },
    warnings: timelineWarnings(track.index, told),
    told,
  }
}

function toldSteps({ media, track: { startMs }, beginSeconds, steps }: TrackToHear): ToldStep[] {
  const ahead: ToldStep[] =
    beginSeconds > 0 ? [{ is: 'gap', startMs, byMs: Math.round(beginSeconds * 1000) }] : []
  let shiftSeconds = beginSeconds
  const later = steps.map<ToldStep>(({ is, decodedSeconds, bySeconds }) => {
    const placeMs = startMs + Math.round((decodedSeconds + shiftSeconds) * 1000)
    if (is !== 'jump') shiftSeconds += bySeconds
    return { is, startMs: Math.max(0, placeMs), byMs: Math.round(bySeconds * 1000) }
  })
  // That an edit list goes back is nothing odd: what is before an edit was left out on purpose.
  const all = [...ahead, ...later]
  return hasEditLists(media) ? all.filter(({ is }) => is !== 'overlap') : all
}
