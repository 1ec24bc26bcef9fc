/** The chapters that a player shows of a Matroska file: ffprobe gives those of every edition, hidden ones too, and none within others. */
import type { Chapter, SourceMedia } from '#schema/documents/source-media.ts'
import { boundedTitles } from './bounded-tags.ts'
import type { ReadTags } from './read-tags.ts'

export function shownChapters(media: SourceMedia, read: ReadTags | null): Chapter[] {
  if (read?.chapters === undefined) return media.chapters
  // The file's time begins with its audio: by as much as ffprobe's first chapter, which is the file's first, was moved.
  const movedMs = (read.firstStartMs ?? 0) - (media.chapters[0]?.startMs ?? read.firstStartMs ?? 0)
  const inOrder = read.chapters.toSorted((one, other) => one.startMs - other.startMs)
  return boundedTitles(
    inOrder.map(({ startMs, endMs, title }, index) => ({
      startMs: placed(startMs - movedMs),
      endMs: placed((endMs ?? inOrder[index + 1]?.startMs ?? Infinity) - movedMs, media.durationMs),
      title: title || null,
    })),
  )
}

/** Within the numbers we store: a hostile file states any. */
const placed = (ms: number, mostMs = Number.MAX_SAFE_INTEGER): number =>
  Math.round(Math.min(mostMs, Math.max(0, ms)))
