/** Finds out how the tracks of a file whose packets do not simply follow each other are to be heard. */
import type { AudioTrack, SourceMedia } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { comparisonBudget, placeBudget } from '#runtime/timeline/budget.ts'
import type { FoundSteps } from '#runtime/timeline/step-finder.ts'
import { withPriming } from '#runtime/timeline/timeline.ts'
import { beginsElsewhere, hasEditLists, isDamaged, lostSeconds, type Beginning } from './beginnings.ts'
import { asItEnds, mayBeCutShort } from './file-end.ts'
import { tellsTime } from './has-clock.ts'
import { heardTrack, type HeardTrack } from './heard-track.ts'
import { judgeSteps } from './judge-steps.ts'
import type { ListClocks } from './list-clocks.ts'
import { listSteps, type FileToRead } from './list-steps.ts'
import { endsEarly, isShorter, withDuration } from './counted-length.ts'
import type { PacketSpan } from './packet-spans.ts'
import type { ToldStep } from '#runtime/timeline/timeline-warnings.ts'

export interface TimelineJob extends FileToRead {
  readonly media: SourceMedia
  readonly spans: ReadonlyMap<number, PacketSpan>
  readonly beginnings: ReadonlyMap<number, Beginning>
}

/** Resolves with the media as it is to be heard. */
export type ReadTimelines = (job: TimelineJob) => Promise<SourceMedia>

export function createReadTimelines(runFfmpeg: RunFfmpeg, listClocks: ListClocks): ReadTimelines {
  return async ({ path, reading, media, spans, beginnings, signal }) => {
    const odd = media.audioTracks.filter(
      ({ index, codec, isDecodable }) =>
        tellsTime(media.container, codec) &&
        isDecodable &&
        (spans.get(index)?.isOdd ||
          beginsElsewhere(media, beginnings.get(index)) ||
          isDamaged(beginnings.get(index))),
    )
    const beginOf = ({ index }: AudioTrack) =>
      hasEditLists(media) ? (beginnings.get(index)?.statedSeconds ?? null) : null
    const places = placeBudget()
    const heard: HeardTrack[] = []
    let clocks: ReturnType<ListClocks> | undefined
    for (const track of odd) {
      const { found, primingSeconds } = await stepsOf(
        (further) => listSteps(runFfmpeg, { path, reading, track, further, places, signal }),
        beginOf(track),
      )
      const beginSeconds = -primingSeconds || lostSeconds(beginnings.get(track.index))
      const isShort = isShorter(found, spans.get(track.index))
      if (!isShort && found.steps.length === 0 && beginSeconds === 0) {
        heard.push({ track: withDuration(track, found.decodedSeconds * 1000), warnings: [], told: [] })
        continue
      }
      if (isShort || found.steps.length > 0) clocks ??= listClocks(path, reading, signal, places)
      const around = clocks && surroundings(await clocks, media.container, track)
      if (around?.own !== undefined && endsEarly(found, around.own.lastSeconds)) {
        heard.push({ track: { ...track, isDecodable: false }, warnings: [], told: [] })
        continue
      }
      const steps = around === undefined ? [] : judgeSteps(found.steps, around)
      heard.push(heardTrack({ media, track, found, beginSeconds, steps }))
    }
    const whole = assureDecodable(withHeard(media, heard))
    if (!mayBeCutShort(whole)) return whole
    clocks ??= listClocks(path, reading, signal, places)
    return asItEnds(whole, (await clocks).clocks())
  }
}

/** @param begin Where the track is to begin, by the file's clock; null: where it does. */
async function stepsOf(
  list: (further: readonly string[]) => Promise<FoundSteps>,
  begin: number | null,
): Promise<{ found: FoundSteps; primingSeconds: number }> {
  if (begin === null) return { found: await list([]), primingSeconds: 0 }
  const found = await list(withPriming)
  const primingSeconds = begin - (found.startSeconds ?? begin)
  // Its first packets may be missing, or damaged; or nothing would be left.
  if (primingSeconds <= 0 || primingSeconds >= found.decodedSeconds) return await stepsOf(list, null)
  return { found, primingSeconds }
}

/** @throws DomainError CORRUPT_FILE. */
function assureDecodable(media: SourceMedia): SourceMedia {
  if (media.audioTracks.some(({ isDecodable }) => isDecodable)) return media
  const message = 'Less audio could be decoded than the file promises: it is damaged or cut short.'
  throw new DomainError('CORRUPT_FILE', message)
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
  const compared = comparisonBudget()
  const heardMs = (clockMs: number) => {
    if (!compared.take(jumps.length)) compared.assure()
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
