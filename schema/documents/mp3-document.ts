/** The stored form of an MP3, as part of its conversion. */
import * as z from 'zod'

export const mp3Schema = z.object({
  id: z.string(),
  blobId: z.string(),
  filename: z.string(),
  sizeBytes: z.int().nonnegative(),
  durationMs: z.int().nonnegative(),
  sampleCount: z.int().nonnegative(),
  sampleRateHz: z.int().positive(),
  channels: z.int().positive(),
  bitrateMode: z.enum(['CBR', 'VBR', 'ABR']),
  bitrateKbps: z.int().nonnegative(),
  sha256: z.string(),
  encoding: z.object({
    path: z.enum(['PASSTHROUGH', 'PARALLEL_SEEK', 'PARALLEL_SKIP', 'SINGLE']),
    /** Proven to be the bytes of a single encoder; false where that was not compared. */
    identicalToSingleEncoder: z.boolean(),
  }),
  /** Whether it is the source's own MP3 track, not encoded anew. */
  passthrough: z.boolean(),
  /** Which chapter it is, where it was made of one. */
  chapter: z.object({ number: z.int().positive(), title: z.string().nullable() }).nullable(),
  /** Measured on the finished MP3 where a loudness was asked for; null in it for silence, which has none. */
  loudness: z
    .object({ integratedLufs: z.number().nullable(), truePeakDbtp: z.number().nullable() })
    .nullable(),
})

export type Mp3Document = z.infer<typeof mp3Schema>
