/** What an MP3 is to be like: parsed from input, with every default filled in. */
import * as z from 'zod'
import { chapterSchema, pictureMimeTypes, tagSchema } from './source-media.ts'

/** The bitrates of MPEG-1 layer III in kbit/s (ISO 11172-3, 2.4.2.3). */
export const cbrBitratesKbps = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const

/** MPEG-1 and MPEG-2 layer III know only these, and MPEG-2.5 the lowest three (ISO 11172-3, 13818-3). */
export const mp3SampleRatesHz = [
  8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
] as const

const rateControlSchema = z.discriminatedUnion('bitrateMode', [
  z.object({ bitrateMode: z.literal('CBR'), bitrateKbps: z.literal(cbrBitratesKbps) }),
  z.object({ bitrateMode: z.literal('VBR'), vbrQuality: z.int().min(0).max(9) }),
  z.object({ bitrateMode: z.literal('ABR'), bitrateKbps: z.int().min(8).max(320) }),
])

const audioSchema = z.object({
  /** Null: mono stays mono, all else becomes stereo. */
  channels: z.literal([1, 2]).nullable().default(null),
  /** Null: the source's, or the next above it that MP3 knows. */
  sampleRateHz: z.literal(mp3SampleRatesHz).nullable().default(null),
  /** LAME's effort, from 0 (best) to 9 (fastest); null: its own choice for the bitrate mode. */
  encoderQuality: z.int().min(0).max(9).nullable().default(null),
  /** The part that is kept, from the track's first sample on; without an end, all that follows. */
  trim: z
    .object({ startMs: z.int().nonnegative(), endMs: z.int().positive().nullable() })
    .nullable()
    .default(null),
  fadeInMs: z.int().nonnegative().default(0),
  fadeOutMs: z.int().nonnegative().default(0),
  /** Integrated loudness per ITU-R BS.1770, and the highest true peak allowed. */
  loudness: z
    .object({ targetLufs: z.number().min(-40).max(-5), maxTruePeakDbtp: z.number().min(-9).max(0) })
    .nullable()
    .default(null),
  /** Whether an MP3 track may be copied as it is: so when nothing was asked of the sound. */
  passthrough: z.boolean().default(false),
})

const coverSchema = z.discriminatedUnion('from', [
  /** The upload's own picture, where it has one. */
  z.object({ from: z.literal('SOURCE') }),
  z.object({ from: z.literal('NONE') }),
  z.object({
    from: z.literal('UPLOAD'),
    uploadId: z.string(),
    picture: z.object({ blobId: z.string(), mimeType: z.enum(pictureMimeTypes), sizeBytes: z.int() }),
  }),
])

const chaptersSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('SOURCE') }),
  z.object({ from: z.literal('NONE') }),
  /** In the source's time. */
  z.object({ from: z.literal('GIVEN'), list: z.array(chapterSchema) }),
])

const dressSchema = z.object({
  /** What is set wins over what is kept; an empty value leaves the tag out. */
  tags: z.object({ keep: z.boolean(), set: z.array(tagSchema) }).default({ keep: true, set: [] }),
  cover: coverSchema.default({ from: 'SOURCE' }),
  chapters: chaptersSchema.default({ from: 'SOURCE' }),
  /** One MP3 a chapter. */
  splitByChapters: z.boolean().default(false),
})

export const outputOptionsSchema = rateControlSchema.and(audioSchema).and(dressSchema)

export type OutputOptions = z.infer<typeof outputOptionsSchema>
export type RateControl = z.infer<typeof rateControlSchema>
