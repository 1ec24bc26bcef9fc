/** Finds out how the tracks of a file whose packets do not simply follow each other are to be heard. */
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import type { Warning } from '#schema/documents/warning.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FoundSteps } from '#runtime/timeline/step-finder.ts'
import { heardSamples, timelineOf } from '#runtime/timeline/timeline.ts'
import { tellsTime } from './has-clock.ts'
import { judgeSteps, type JudgedStep } from './judge-steps.ts'
import type { ListClocks } from './list-clocks.ts'
import { listSteps, type FileToRead } from './list-steps.ts'
import { withDuration } from './counted-length.ts'
import type { PacketSpan } from './packet-spans.ts'
import { timelineWarnings, type ToldStep } from '#runtime/timeline/timeline-warnings.ts'

export interface TimelineJob extends FileToRead {
  readonly media: SourceMedia
  readonly spans: ReadonlyMap<number, PacketSpan>
}

/** Resolves with the media as it is to be heard. */
export type ReadTimelines = (job: TimelineJob) => Promise<SourceMedia>

interface HeardTrack {
  readonly track: AudioTrack
  readonly warnings: readonly Warning[]
  readonly told: readonly ToldStep[]
}

export function createReadTimelines(runFfmpeg: RunFfmpeg, listClocks: ListClocks): ReadTimelines {
  return async ({ path, reading, media, spans, signal }) => {
    const odd = media.audioTracks.filter(
      ({ index, codec, isDecodable }) =>
        tellsTime(media.container, codec) && spans.get(index)?.isOdd && isDecodable,
    )
    const heard: HeardTrack[] = []
    let clocks: ReturnType<ListClocks> | undefined
    for (const track of odd) {
      const found = await listSteps(runFfmpeg, { path, reading, track, signal })
      if (found.steps.length === 0) {
        heard.push({ track: withDuration(track, found.decodedSeconds * 1000), warnings: [], told: [] })
        continue
      }
      clocks ??= listClocks(path, reading, signal)
      const steps = judgeSteps(found.steps, surroundings(await clocks, media.container, track))
      heard.push(heardTrack(track, found, steps))
    }
    return withHeard(media, heard)
  }
}

function surroundings(
  { clocks, audioStreams }: Awaited<ReturnType<ListClocks>>,
  container: string,
  { index }: AudioTrack,
) {
  const stream = audioStreams()[index]
  const all = clocks()
  return {
    container,
    own: stream === undefined ? undefined : all.get(stream),
    others: [...all].filter(([other]) => other !== stream).map(([, clock]) => clock),
  }
}

function heardTrack(
  track: AudioTrack,
  { decodedSeconds }: FoundSteps,
  steps: readonly JudgedStep[],
): HeardTrack {
  const samples = (seconds: number) => Math.round(seconds * track.sampleRateHz)
  const timeline = timelineOf(
    samples(decodedSeconds),
    steps.map((step) => ({
      from: samples(step.decodedSeconds),
      by: step.is === 'jump' ? 0 : samples(step.bySeconds),
    })),
  )
  const told = toldSteps(track, steps)
  const heardMs =
    ((timeline === null ? samples(decodedSeconds) : heardSamples(timeline)) / track.sampleRateHz) * 1000
  return {
    track: { ...track, timeline, durationMs: Math.max(1, Math.round(heardMs)) },
    warnings: timelineWarnings(track.index, told),
    told,
  }
}

function toldSteps({ startMs }: AudioTrack, steps: readonly JudgedStep[]): ToldStep[] {
  let shiftSeconds = 0
  return steps.map(({ is, decodedSeconds, bySeconds }) => {
    const placeMs = startMs + Math.round((decodedSeconds + shiftSeconds) * 1000)
    if (is !== 'jump') shiftSeconds += bySeconds
    return { is, startMs: Math.max(0, placeMs), byMs: Math.round(bySeconds * 1000) }
  })
}

function withHeard(media: SourceMedia, heard: readonly HeardTrack[]): SourceMedia {
  if (heard.length === 0) return media
  const trackOf = new Map(heard.map(({ track }) => [track.index, track]))
  const audioTracks = media.audioTracks.map((track) => trackOf.get(track.index) ?? track)
  const jumped = heard.find(({ told }) => told.some(({ is }) => is === 'jump'))
  const endMs = Math.max(...heard.map(({ track }) => track.startMs + (track.durationMs ?? 0)))
  return {
    ...media,
    audioTracks,
    durationMs: jumped === undefined ? Math.max(media.durationMs, endMs) : endMs,
    chapters: jumped === undefined ? media.chapters : media.chapters.map(heardChapter(jumped.told)),
    warnings: [...media.warnings, ...heard.flatMap(({ warnings }) => warnings)],
  }
}

/** From the file's clock to what is heard, where the clock was set anew on the way. */
function heardChapter(told: readonly ToldStep[]) {
  const jumps = told.filter(({ is }) => is === 'jump')
  const heardMs = (clockMs: number) => {
    let closedMs = 0
    for (const { startMs, byMs } of jumps) {
      const beyondMs = clockMs - closedMs - startMs
      if (beyondMs > 0) closedMs += byMs > 0 ? Math.min(byMs, beyondMs) : byMs
    }
    return Math.max(0, clockMs - closedMs)
  }
  return (chapter: SourceMedia['chapters'][number]) => ({
    ...chapter,
    startMs: heardMs(chapter.startMs),
    endMs: heardMs(chapter.endMs),
  })
}
