/** Which MP3s a conversion makes: one, or one a chapter, each with its recipe, its name and what its tag tells. */
import { parse } from 'node:path'
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
  const name = parse(source.filename).name || 'audio'
  if (output.splitByChapters)
    return chapters.map((chapter, index) => splitPiece(order, { name, tags, chapters }, chapter, index))
  const recipe = recipeOf(source, output, null)
  return [
    {
      number: 1,
      recipe,
      filename: fileName(name, '.mp3'),
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
  readonly name: string
  readonly tags: readonly Tag[]
  readonly chapters: readonly Chapter[]
}

/** A chapter is to its file what a track is to its album. */
function splitPiece({ source, output }: Order, whole: Whole, chapter: Chapter, index: number): Mp3Piece {
  const number = index + 1
  const { length } = whole.chapters
  const title = chapter.title?.trim() || `Chapter ${number}`
  const valueOf = (key: string) => whole.tags.find((tag) => tag.key === key)?.value
  const album = valueOf('album') ?? valueOf('title') ?? whole.name
  const own = { title, album, track: `${number}/${length}` }
  const set = Object.entries(own).map(([key, value]) => ({ key, value }))
  const padded = String(number).padStart(String(length).length, '0')
  return {
    number,
    recipe: recipeOf(source, output, chapter),
    filename: fileName(whole.name, ` - ${padded} ${fileNamePart(title)}.mp3`),
    chapter: { number, title: chapter.title },
    tags: mergedTags(whole.tags, { keep: true, set }),
    chapters: [],
  }
}

/** File systems take names of 255 bytes in UTF-8, and browsers add to them while they load. */
const most = { nameBytes: 230, titleBytes: 120 }
const segmenter = new Intl.Segmenter()

const fileName = (name: string, end: string): string =>
  clipped(name, most.nameBytes - Buffer.byteLength(end)) + end

/** What no file system takes amiss. */
const fileNamePart = (title: string): string =>
  clipped(title.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '_'), most.titleBytes)

function clipped(text: string, mostBytes: number): string {
  const characters = Array.from(segmenter.segment(text.toWellFormed()), ({ segment }) => segment)
  while (Buffer.byteLength(characters.join('')) > mostBytes) characters.pop()
  return characters.join('').trim()
}
