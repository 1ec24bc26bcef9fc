/** What a probe found in a video file. */
import * as z from 'zod'
import { timelineSchema } from './timeline.ts'
import { trackPurposes } from './track-purpose.ts'
import { warningSchema } from './warning.ts'

export const audioTrackSchema = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  /** Whether its beginning was decoded when the file was examined, and all of it where its packets do not simply follow each other. */
  isDecodable: z.boolean(),
  language: z.string().nullable(),
  channels: z.int().positive(),
  /** By ffmpeg's name, as 5.1(side); null where the file leaves it open which channel is which. */
  channelLayout: z.string().nullable(),
  sampleRateHz: z.int().positive(),
  bitrateKbps: z.int().nonnegative().nullable(),
  title: z.string().nullable(),
  purpose: z.enum(trackPurposes),
  /** What a player begins with; a file may say so of several, or of none. */
  isDefault: z.boolean(),
  isOriginal: z.boolean(),
  isDub: z.boolean(),
  /** Of a mono track that is half of a stereo sound. */
  side: z.enum(['LEFT', 'RIGHT']).nullable(),
  /** Announced, but without any audio. */
  isEmpty: z.boolean(),
  /** Length of the track in milliseconds; null where only the file as a whole has one. */
  durationMs: z.int().positive().nullable(),
  /** How much later than the file it begins, in milliseconds. */
  startMs: z.int().nonnegative(),
  /** Null where its samples simply follow each other, as they nearly always do. */
  timeline: timelineSchema.nullable(),
})

/** In the source's time. */
export const chapterSchema = z.object({ startMs: z.int(), endMs: z.int(), title: z.string().nullable() })

/** Keys in lower case. Of several values each is a tag. */
export const tagSchema = z.object({
  key: z.string(),
  value: z.string(),
  /** By ISO 639-2, of comments and lyrics that state one; null otherwise. */
  language: z.string().length(3).nullable(),
})

/** What ID3 readers show (ID3v2.4 frames, 4.14). */
export const pictureMimeTypes = ['image/jpeg', 'image/png'] as const

/** Those of ID3v2 and FLAC that we tell apart (ID3v2.4 frames, 4.14). */
export const pictureTypes = { other: 0, fileIcon: 1, otherFileIcon: 2, frontCover: 3 } as const

export const pictureSchema = z.object({
  mimeType: z.enum(pictureMimeTypes),
  /** What it shows; the front cover where nothing says otherwise. */
  type: z.int().min(0).max(20),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  /** What it was before it was made a JPEG, such as `a WebP`; null where it is as it came. */
  convertedFrom: z.string().nullable(),
})

export const sourceMediaSchema = z.object({
  durationMs: z.int().nonnegative(),
  container: z.string(),
  audioTracks: z.array(audioTrackSchema),
  chapters: z.array(chapterSchema),
  tags: z.array(tagSchema),
  /** What is odd about it. Of each track, its conversions take them over. */
  warnings: z.array(warningSchema),
  /** The picture attached to the file, such as an album cover. */
  picture: pictureSchema.nullable(),
  /** Its place among all streams of the file. */
  pictureStream: z.int().nonnegative().nullable(),
})

export type SourceMedia = z.infer<typeof sourceMediaSchema>
export type AudioTrack = z.infer<typeof audioTrackSchema>
export type Chapter = z.infer<typeof chapterSchema>
export type StoredTag = z.infer<typeof tagSchema>
/** Before it is stored. */
export type Tag = Pick<StoredTag, 'key' | 'value'> & Partial<StoredTag>
