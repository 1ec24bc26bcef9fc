/** What a conversion is made of: a part of its stored form. */
import * as z from 'zod'
import { audioTrackSchema, chapterSchema, pictureMimeTypes, tagSchema } from './source-media.ts'

export const conversionSourceSchema = z.object({
  uploadId: z.string(),
  blobId: z.string(),
  filename: z.string(),
  sizeBytes: z.int().nonnegative(),
  track: audioTrackSchema,
  /** The track's length in milliseconds, or else the file's. */
  durationMs: z.int().nonnegative(),
  chapters: z.array(chapterSchema),
  tags: z.array(tagSchema),
  /** Of each MP3. */
  cover: z.object({ blobId: z.string(), mimeType: z.enum(pictureMimeTypes), sizeBytes: z.int() }).nullable(),
})

export type ConversionSource = z.infer<typeof conversionSourceSchema>
