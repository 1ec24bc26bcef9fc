/** The output options: what each may be, and what it is unless given. Both what clients send and what is stored is parsed by this. */
import * as z from 'zod'
import { milliseconds, numberIn, oneOf, optional, says, text, wholeIn } from '#schema/field-schemas.ts'
import * as limits from '#schema/limits.ts'
import { checkRateControl, hasRateControl, rateControlOptions } from './rate-control.ts'

const audioTrackSchema = z
  .object({ index: optional(wholeIn({ least: 0, most: 1_000 })), language: optional(z.string()) })
  .refine(
    ({ index, language }) => (index === null) !== (language === null),
    says('takes either index or language'),
  )

const trimSchema = z
  .object({ startMs: milliseconds.default(0), endMs: optional(milliseconds) })
  .refine(({ startMs, endMs }) => endMs === null || endMs > startMs, says('must end after it starts'))

const loudnessSchema = z.object({
  targetLufs: numberIn(limits.targetLufs).default(-16),
  maxTruePeakDbtp: numberIn(limits.maxTruePeakDbtp).default(-1),
})

const setTagSchema = z.object({
  // Lower-cased before it is measured: some letters become longer by it, and what is stored is measured again.
  key: z
    .string()
    .toLowerCase()
    .pipe(text(limits.mostTagKeyCharacters).min(1, says('must not be empty'))),
  value: text(limits.mostTagValueCharacters),
})

const tagsSchema = z.object({
  keep: z.boolean().default(true),
  /** Wins over what is kept; an empty value leaves the tag out. */
  set: z
    .array(setTagSchema)
    .max(limits.mostTags, says(`must have at most ${limits.mostTags} entries`))
    .default([]),
})

const coverSchema = z
  .object({ from: z.enum(['SOURCE', 'UPLOAD', 'NONE']).default('SOURCE'), uploadId: optional(z.string()) })
  .refine(
    ({ from, uploadId }) => (from === 'UPLOAD') === (uploadId !== null),
    says('takes uploadId with UPLOAD, and only then'),
  )

const givenChapterSchema = z.object({
  startMs: milliseconds,
  endMs: optional(milliseconds),
  title: optional(text(limits.mostChapterTitleCharacters)),
})

const chaptersSchema = z
  .object({
    from: z.enum(['SOURCE', 'GIVEN', 'NONE']).default('SOURCE'),
    /** In the source's time. */
    list: z
      .array(givenChapterSchema)
      .max(limits.mostChapters, says(`must have at most ${limits.mostChapters} entries`))
      .default([]),
  })
  .refine(
    ({ from, list }) => (from === 'GIVEN') === list.length > 0,
    says('takes a list with GIVEN, and only then'),
  )
  .refine(
    ({ list }) =>
      list.every(({ startMs, endMs }, index) => {
        const next = list[index + 1]?.startMs ?? Number.POSITIVE_INFINITY
        return startMs < (endMs ?? next) && (endMs ?? startMs) <= next
      }),
    says('must be in time order, not empty, and not overlap'),
  )

export const outputOptionsSchema = z
  .object({
    ...rateControlOptions,
    /** Null: mono stays mono, all else becomes stereo. */
    channels: optional(oneOf(limits.mp3ChannelCounts)),
    /** Null: the source's, or the next above it that MP3 knows. */
    sampleRateHz: optional(oneOf(limits.mp3SampleRatesHz)),
    /** Null: LAME's own choice for the bitrate mode. */
    encoderQuality: optional(wholeIn(limits.encoderQuality)),
    /** Null: the first that we decode. */
    audioTrack: optional(audioTrackSchema),
    /** The part that is kept, from the track's first sample on; without an end, all that follows. */
    trim: optional(trimSchema),
    fadeInMs: milliseconds.default(0),
    fadeOutMs: milliseconds.default(0),
    /** Integrated loudness and highest true peak per ITU-R BS.1770; null: the audio stays as loud as it is. */
    loudness: optional(loudnessSchema),
    tags: tagsSchema.prefault({}),
    cover: coverSchema.prefault({}),
    chapters: chaptersSchema.prefault({}),
    /** One MP3 a chapter. */
    splitByChapters: z.boolean().default(false),
  })
  .superRefine(checkRateControl, { when: hasRateControl })

/** As a conversion keeps them: fitted to its source, every default filled in. */
export const storedOutputSchema = outputOptionsSchema.safeExtend({
  /** Whether an MP3 track may be passed through as it is: so when nothing was asked of the audio. */
  passthrough: z.boolean(),
})

export type OutputOptions = z.infer<typeof outputOptionsSchema>
export type StoredOutput = z.infer<typeof storedOutputSchema>
