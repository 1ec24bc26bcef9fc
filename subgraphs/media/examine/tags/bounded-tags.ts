/** What a file says of itself beyond this is left out: it is stored and shown, and a hostile file has no bounds. */
import type { Chapter, StoredTag, Tag } from '#schema/documents/source-media.ts'

const most = {
  tags: 200,
  characters: 2_000,
  fullTextCharacters: 20_000,
  chapters: 2_000,
  titleCharacters: 200,
}

/** In all of a file's tags, and in all of its chapters' titles, there is room for so much text. */
const mostCharactersInAll = 100_000

const fullText = /^(lyrics|comment|description|synopsis)([:-]|$)/

export function boundedTags(tags: readonly Tag[]): StoredTag[] {
  const room = createRoom()
  return tags
    .slice(0, most.tags)
    .map(({ key, value, language = null }) => {
      const characters = fullText.test(key) ? most.fullTextCharacters : most.characters
      return { key: clipped(key, most.characters), value: clipped(value, characters), language }
    })
    .filter(({ key, value }) => room.take(key + value) !== null)
}

export function boundedTitles(chapters: readonly Chapter[]): Chapter[] {
  const room = createRoom()
  return chapters.slice(0, most.chapters).map(({ title, ...place }) => ({
    ...place,
    title: room.take(clipped(title ?? undefined, most.titleCharacters)),
  }))
}

/** Gives back each text for which there is still room, and else null: a long one leaves room for the short ones behind it. */
function createRoom() {
  let left = mostCharactersInAll
  const take = (text: string | null) => {
    const length = text?.length ?? 0
    if (length > left) return null
    left -= length
    return text
  }
  return { take }
}

export function clipped<T extends string | undefined>(
  text: T,
  characters?: number,
): T extends string ? string : string | null
export function clipped(text: string | undefined, characters = most.characters): string | null {
  // Not between the two halves of a character beyond the basic plane.
  return text?.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '') ?? null
}
