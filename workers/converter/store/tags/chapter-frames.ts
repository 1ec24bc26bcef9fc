/** Chapters as CHAP frames under a table of contents (ID3v2 Chapter Frame Addendum 1.0, sections 3.1 and 3.2). */
import type { ID3Writer } from 'browser-id3-writer'
import type { Chapter } from '#schema/documents/source-media.ts'
import { lineOf, longest } from './id3-text.ts'

/** A table's count of entries is one byte. */
const mostEntries = 255

/**
 * Chapters in the order of their start, within the duration. More than 255 are put under tables of at most 255 that the
 * top-level table lists, as the addendum has it for a hierarchy; readers that go by CHAP alone see no difference.
 */
export function addChapterFrames(writer: ID3Writer, chapters: readonly Chapter[], durationMs: number): void {
  const placed = placeChapters(chapters, durationMs)
  if (placed.length === 0) return
  const ids = placed.map((chapter, index) => addChapter(writer, chapter, index))
  const tables = ids.length > mostEntries ? addTables(writer, ids) : ids
  const top = { id: 'toc', topLevel: true, ordered: true, childElementIds: tables }
  writer.setFrame('CTOC', top)
}

/** 255 tables of 255. */
const mostChapters = mostEntries ** 2

function placeChapters(chapters: readonly Chapter[], durationMs: number): Chapter[] {
  return chapters
    .filter(({ startMs }) => startMs < durationMs)
    .map(({ startMs, endMs, title }) => {
      const start = Math.max(0, Math.round(startMs))
      return { startMs: start, endMs: Math.max(start, Math.round(Math.min(endMs, durationMs))), title }
    })
    .toSorted((one, other) => one.startMs - other.startMs)
    .slice(0, mostChapters)
}

function addChapter(writer: ID3Writer, { startMs, endMs, title }: Chapter, index: number): string {
  const id = `chp${index}`
  // Without a title some players show the id, and others no chapter.
  const name = lineOf(title ?? '', longest.description) || `Chapter ${index + 1}`
  writer.setFrame('CHAP', { id, startTime: startMs, endTime: endMs, subFrames: { TIT2: name } })
  return id
}

function addTables(writer: ID3Writer, ids: readonly string[]): string[] {
  const tables: string[] = []
  for (let first = 0; first < ids.length; first += mostEntries) {
    const id = `toc${tables.length}`
    writer.setFrame('CTOC', {
      id,
      ordered: true,
      childElementIds: ids.slice(first, first + mostEntries),
    })
    tables.push(id)
  }
  return tables
}
