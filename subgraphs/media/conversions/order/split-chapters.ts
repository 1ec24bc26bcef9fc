/** Which chapters a track is split by, one MP3 each: in time order, none of a sound twice, and none without a sound. */
import type { AudioTrack, Chapter } from '#schema/documents/source-media.ts'
import type { StoredPicture } from '#schema/documents/upload-document.ts'
import { DomainError } from '#runtime/domain-error.ts'

/** A sound may end a little before its container says: of a file's own chapters, what has less is not worth an MP3. */
const leastAudioMs = 100

/** In the file's time. */
interface Sound {
  readonly startMs: number
  readonly endMs: number
}

export const audioOf = ({ startMs }: AudioTrack, durationMs: number): Sound => ({
  startMs,
  endMs: startMs + durationMs,
})

/**
 * A file may hold any chapters: one within another, many that are all of it, some behind its sound. Each ends where the next one
 * begins, so that all together are no longer than the sound.
 */
export function splitChapters(chapters: readonly Chapter[], sound: Sound): Chapter[] {
  const inOrder = chapters.toSorted((one, other) => one.startMs - other.startMs)
  return inOrder
    .map((chapter, index) => ({
      ...chapter,
      endMs: Math.min(chapter.endMs, inOrder[index + 1]?.startMs ?? chapter.endMs),
    }))
    .filter((chapter) => audioMs(chapter, sound) >= leastAudioMs)
}

/** @throws DomainError OUTPUT_NOT_POSSIBLE for a chapter that was asked for and would be empty. */
export function assureAudio(chapters: readonly Chapter[], sound: Sound): void {
  const silent = chapters.findIndex((chapter) => audioMs(chapter, sound) <= 0)
  if (silent === -1) return
  throw new DomainError(
    'OUTPUT_NOT_POSSIBLE',
    `Chapter ${silent + 1} has no sound: the audio track begins at ${sound.startMs} ms and ends at ${sound.endMs} ms.`,
  )
}

/** The cover is in each MP3: 500 times the 10 MB it may have would be more than any sound. */
const mostCoverBytes = 1_000_000_000

/** @throws DomainError OUTPUT_NOT_POSSIBLE */
export function assureRoomForCovers({ length }: readonly Chapter[], cover: StoredPicture | null): void {
  if (cover === null || length * cover.sizeBytes <= mostCoverBytes) return
  throw new DomainError(
    'OUTPUT_NOT_POSSIBLE',
    `A cover of ${cover.sizeBytes} bytes is too large for each of ${length} MP3s; take a smaller one, or none.`,
  )
}

const audioMs = ({ startMs, endMs }: Chapter, sound: Sound): number =>
  Math.min(endMs, sound.endMs) - Math.max(startMs, sound.startMs)
