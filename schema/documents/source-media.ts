/** What a probe found in a video file. */
import * as z from 'zod'

export const audioTrackSchema = z.object({
  index: z.int().nonnegative(),
  codec: z.string(),
  language: z.string().nullable(),
  channels: z.int().positive(),
  sampleRateHz: z.int().positive(),
  bitrateKbps: z.int().nonnegative().nullable(),
  title: z.string().nullable(),
  /** Length of the track in milliseconds; null where only the file as a whole has one. */
  durationMs: z.int().positive().nullable(),
})

export const sourceMediaSchema = z.object({
  durationMs: z.int().nonnegative(),
  container: z.string(),
  audioTracks: z.array(audioTrackSchema),
  chapters: z.array(z.object({ startMs: z.int(), endMs: z.int(), title: z.string().nullable() })),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
})

export type SourceMedia = z.infer<typeof sourceMediaSchema>
