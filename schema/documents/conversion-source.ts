/** What a conversion is made of: a part of its stored form. */
import * as z from 'zod'
import { audioTrackSchema, chapterSchema, pictureSchema, tagSchema } from './source-media.ts'
import { sourceReadings } from './source-reading.ts'

export const conversionSourceSchema = z.object({
  uploadId: z.string(),
  blobId: z.string(),
  filename: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** Of the file that is stored. */
  reading: z.enum(sourceReadings),
  /** The file's, or what is put together of several. */
  track: audioTrackSchema,
  /** Several of the file that are one: left and right, or one after another. Null: the track is one of the file's. */
  joined: z
    .object({ as: z.enum(['SIDES', 'SEQUENCE']), tracks: z.array(audioTrackSchema).min(2) })
    .nullable(),
  /** The track's length in milliseconds, or else the file's. */
  durationMs: z.int().nonnegative(),
  chapters: z.array(chapterSchema),
  tags: z.array(tagSchema),
  /** Of each MP3. */
  cover: pictureSchema
    .pick({ mimeType: true, type: true })
    .extend({ blobId: z.string(), sizeBytes: z.int() })
    .nullable(),
})

export type ConversionSource = z.infer<typeof conversionSourceSchema>
