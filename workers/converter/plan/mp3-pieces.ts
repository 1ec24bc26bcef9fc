/** Which MP3s a conversion makes: one, or one a chapter, each with its recipe, its name and what its tag tells. */
import { clippedText, mp3FileName, nameOfSource } from '#schema/file-names.ts'
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { Chapter, Tag } from '#schema/documents/source-media.ts'
import { recipeOf, type Recipe } from './recipe.ts'
import { mergedTags } from '#converter/store/tags/merged-tags.ts'

export interface Mp3Piece {
  /** From 1. */
  readonly number: number
  readonly recipe: Recipe
  readonly filename: string
  readonly chapter: Mp3Document['chapter']
  readonly tags: readonly Tag[]
  /** In the MP3's time. */
  readonly chapters: readonly Chapter[]
}

interface Order {
  readonly source: ConversionSource
  readonly output: OutputOptions
}

export function mp3Pieces(order: Order): Mp3Piece[] {
  const { source, output } = order
  const { chapters } = source
  const tags = mergedTags(source.tags, output.tags)
  if (output.splitByChapters)
    return chapters.map((chapter, index) => splitPiece(order, { tags, chapters }, chapter, index))
  const recipe = recipeOf(source, output, null)
  return [
    {
      number: 1,
      recipe,
      filename: mp3FileName(source.filename),
      chapter: null,
      tags,
      chapters: chaptersWithin(chapters, source.track.startMs + (output.trim?.startMs ?? 0)),
    },
  ]
}

/** From the file's time to the MP3's; where that ends, the tag ends them. */
const chaptersWithin = (chapters: readonly Chapter[], beginsAtMs: number): Chapter[] =>
  chapters
    .map(({ startMs, endMs, title }) => ({
      startMs: Math.max(0, startMs - beginsAtMs),
      endMs: endMs - beginsAtMs,
      title,
    }))
    .filter(({ startMs, endMs }) => endMs > startMs)

interface Whole {
  readonly tags: readonly Tag[]
  readonly chapters: readonly Chapter[]
}

/** A chapter is to its file what a track is to its album. */
function splitPiece({ source, output }: Order, whole: Whole, chapter: Chapter, index: number): Mp3Piece {
  const number = index + 1
  const { length } = whole.chapters
  const title = chapter.title?.trim() || `Chapter ${number}`
  const valueOf = (key: string) => whole.tags.find((tag) => tag.key === key)?.value
  const album = valueOf('album') ?? valueOf('title') ?? nameOfSource(source.filename)
  const own = { title, album, track: `${number}/${length}` }
  const set = Object.entries(own).map(([key, value]) => ({ key, value }))
  const padded = String(number).padStart(String(length).length, '0')
  return {
    number,
    recipe: recipeOf(source, output, chapter),
    filename: mp3FileName(source.filename, ` - ${padded} ${fileNamePart(title)}`),
    chapter: { number, title: chapter.title },
    tags: mergedTags(whole.tags, { keep: true, set }),
    chapters: [],
  }
}

/** The name of the source is to have room as well. */
const mostTitleBytes = 120

/** What no file system takes amiss. */
const fileNamePart = (title: string): string =>
  clippedText(title.toWellFormed().replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '_'), mostTitleBytes)
