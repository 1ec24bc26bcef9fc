/** Builds the ID3v2.3 tag of an MP3: tags, cover and chapters. Version 2.3 because players know it best; its text is UTF-16. */
import { ID3Writer } from 'browser-id3-writer'
import type { Chapter, Tag } from '#schema/documents/source-media.ts'
import { addChapterFrames } from './chapter-frames.ts'
import { addTextFrames } from './text-frames.ts'

export interface Id3Content {
  /** With ffmpeg's lower-case keys; of several values of a key each is a tag. */
  readonly tags: readonly Tag[]
  /** A JPEG or PNG. */
  readonly cover: { readonly bytes: Buffer; readonly type: number } | null
  readonly chapters: readonly Chapter[]
  /** The MP3's: no chapter goes beyond it. */
  readonly durationMs: number
}

const headerBytes = 10

/** @returns no bytes when there is nothing to tell: a tag holds at least one frame (ID3v2.3, section 3). */
export function id3Tag({ tags, cover, chapters, durationMs }: Id3Content): Buffer {
  // Without the padding the writer would leave for later edits.
  const writer = Object.assign(new ID3Writer(new ArrayBuffer(0)), { padding: 0 })
  const before = addTextFrames(writer, tags)
  if (cover !== null) {
    const data = Uint8Array.from(cover.bytes).buffer
    writer.setFrame('APIC', { type: cover.type, description: '', data })
  }
  addChapterFrames(writer, chapters, durationMs)
  return withFrames(Buffer.from(writer.addTag()), before)
}

function withFrames(tag: Buffer, frames: readonly Buffer[]): Buffer {
  const all = Buffer.concat([...frames, tag.subarray(headerBytes)])
  if (all.length === 0) return all
  const header = Buffer.from(tag.subarray(0, headerBytes))
  // Seven bits a byte (ID3v2.3, section 3.1).
  for (const [index, shift] of [21, 14, 7, 0].entries()) header[6 + index] = (all.length >> shift) & 0x7f
  return Buffer.concat([header, all])
}
