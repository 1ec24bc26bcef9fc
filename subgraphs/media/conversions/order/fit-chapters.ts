/** Which chapters an order's MP3 gets or is split by, in the file's time: what cannot be is refused. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { AudioTrack, Chapter, SourceMedia } from '#schema/documents/source-media.ts'
import type { StoredPicture } from '#schema/documents/upload-document.ts'
import { mostChapters } from '#schema/limits.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { timeWords } from '#runtime/timeline/time-words.ts'

export const notPossible = (message: string) => new DomainError('OUTPUT_NOT_POSSIBLE', message)

/** What is asked for past the end by less than this means the end: lengths are rounded, and not every container knows them. */
export const endToleranceMs = 1_000

/** Audio may end a little before its container says: of a file's own chapters, what has less is not worth an MP3. */
const leastAudioMs = 100

/** In the file's time. */
interface Span {
  readonly startMs: number
  readonly endMs: number
}

export const audioSpan = ({ startMs }: AudioTrack, durationMs: number): Span => ({
  startMs,
  endMs: startMs + durationMs,
})

/** @param cover What each MP3 gets. @throws DomainError OUTPUT_NOT_POSSIBLE. */
export function fitChapters(
  options: OutputOptions,
  media: SourceMedia,
  audio: Span,
  cover: StoredPicture | null,
): Chapter[] {
  const { from, list } = options.chapters
  if (!options.splitByChapters) {
    if (from === 'GIVEN') return fitGiven(list, media.durationMs)
    return from === 'SOURCE' ? media.chapters : []
  }
  const parts =
    from === 'GIVEN' ? withAudio(fitGiven(list, media.durationMs), audio) : ownParts(media.chapters, audio)
  if (from === 'NONE' || parts.length === 0) throw notPossible('There are no chapters to split by.')
  if (parts.length > mostChapters)
    throw notPossible(`There are more than ${mostChapters} chapters to split by; give fewer.`)
  if (options.trim !== null)
    throw notPossible(
      'trim and splitByChapters exclude each other; give chapters that begin and end where you want.',
    )
  checkCovers(parts.length, cover)
  return parts
}

/** Each ends where it says, or where the next one begins, or with the file. */
function fitGiven(given: OutputOptions['chapters']['list'], durationMs: number): Chapter[] {
  return given.map(({ startMs, endMs: askedMs, title }, index) => {
    const endMs = Math.min(askedMs ?? given[index + 1]?.startMs ?? durationMs, durationMs)
    if (startMs >= endMs || (askedMs ?? endMs) > durationMs + endToleranceMs)
      throw notPossible(
        `Chapter ${index + 1} does not lie within the file, which lasts ${timeWords(durationMs)}.`,
      )
    return { startMs, endMs, title }
  })
}

/** @throws DomainError OUTPUT_NOT_POSSIBLE for a chapter that would become an empty MP3. */
function withAudio(chapters: Chapter[], audio: Span): Chapter[] {
  const silent = chapters.findIndex((chapter) => audioMs(chapter, audio) <= 0)
  if (silent === -1) return chapters
  throw notPossible(
    `Chapter ${silent + 1} has no audio: the audio track begins at ${timeWords(audio.startMs)} and ends at ${timeWords(audio.endMs)}.`,
  )
}

/**
 * A file may hold any chapters: one within another, many that are all of it, some behind its audio. Each ends where the next one
 * begins, so that all together are no longer than the audio.
 */
function ownParts(chapters: readonly Chapter[], audio: Span): Chapter[] {
  const inOrder = chapters.toSorted((one, other) => one.startMs - other.startMs)
  return inOrder
    .map((chapter, index) => ({
      ...chapter,
      endMs: Math.min(chapter.endMs, inOrder[index + 1]?.startMs ?? chapter.endMs),
    }))
    .filter((chapter) => audioMs(chapter, audio) >= leastAudioMs)
}

const audioMs = ({ startMs, endMs }: Chapter, audio: Span): number =>
  Math.min(endMs, audio.endMs) - Math.max(startMs, audio.startMs)

/** The cover is in each MP3: 500 times the 10 MB it may have would be more than any audio. */
const mostCoverBytes = 1_000_000_000

function checkCovers(mp3s: number, cover: StoredPicture | null): void {
  if (cover !== null && mp3s * cover.sizeBytes > mostCoverBytes)
    throw notPossible(
      `A cover of ${cover.sizeBytes} bytes is too large for each of ${mp3s} MP3s; take a smaller one, or none.`,
    )
}
