/** Reads what a client asks of an MP3, as far as it can be judged without the upload. */
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { cbrBitratesKbps, mp3SampleRatesHz, type RateControl } from '#schema/documents/output-options.ts'
import type { OutputOptionsInput } from '#schema/generated/media-resolvers.ts'
import { characters, isOneOf, milliseconds, optional, whole, within } from './field-schemas.ts'
import { parseInput } from '#media/parse-input.ts'

const most = { setTags: 100, keyCharacters: 100, tagCharacters: 2_000, chapters: 500, titleCharacters: 200 }

/** Every option as a client may give it. */
export const givenOptionsSchema = z.object({
  bitrateMode: z.enum(['CBR', 'VBR', 'ABR']).default('CBR'),
  bitrateKbps: optional(z.number()),
  vbrQuality: optional(whole(0, 9, 'vbrQuality')),
  channels: optional(isOneOf([1, 2], 'channels')),
  sampleRateHz: optional(isOneOf(mp3SampleRatesHz, 'sampleRateHz')),
  encoderQuality: optional(whole(0, 9, 'encoderQuality')),
  audioTrack: optional(
    z
      .object({ index: optional(whole(0, 1_000, 'audioTrack.index')), language: optional(z.string()) })
      .refine(
        ({ index, language }) => (index === null) !== (language === null),
        'audioTrack takes either index or language',
      ),
  ),
  trim: optional(
    z
      .object({
        startMs: milliseconds('trim.startMs').default(0),
        endMs: optional(milliseconds('trim.endMs')),
      })
      .refine(({ startMs, endMs }) => endMs === null || endMs > startMs, 'trim must end after it starts'),
  ),
  fadeInMs: milliseconds('fadeInMs').default(0),
  fadeOutMs: milliseconds('fadeOutMs').default(0),
  loudness: optional(
    z.object({
      targetLufs: within(-40, -5, 'loudness.targetLufs').default(-16),
      maxTruePeakDbtp: within(-9, 0, 'loudness.maxTruePeakDbtp').default(-1),
    }),
  ),
  tags: z
    .object({
      keep: z.boolean().default(true),
      set: z
        .array(
          z.object({
            key: characters(most.keyCharacters, 'A tag’s key')
              .min(1, 'A tag’s key must not be empty')
              .transform((key) => key.toLowerCase()),
            value: characters(most.tagCharacters, 'A tag’s value'),
          }),
        )
        .max(most.setTags, `tags.set must have at most ${most.setTags} entries`)
        .default([]),
    })
    .default({ keep: true, set: [] }),
  cover: z
    .object({ from: z.enum(['SOURCE', 'NONE', 'UPLOAD']).default('SOURCE'), uploadId: optional(z.string()) })
    .refine(
      ({ from, uploadId }) => (from === 'UPLOAD') === (uploadId !== null),
      'cover takes uploadId with UPLOAD, and only then',
    )
    .default({ from: 'SOURCE', uploadId: null }),
  chapters: z
    .object({
      from: z.enum(['SOURCE', 'NONE', 'GIVEN']).default('SOURCE'),
      list: z
        .array(
          z.object({
            startMs: milliseconds('A chapter’s startMs'),
            endMs: optional(milliseconds('A chapter’s endMs')),
            title: optional(characters(most.titleCharacters, 'A chapter’s title')),
          }),
        )
        .max(most.chapters, `chapters.list must have at most ${most.chapters} entries`)
        .nullish()
        .transform((list) => list ?? []),
    })
    .refine(
      ({ from, list }) => (from === 'GIVEN') === list.length > 0,
      'chapters takes a list with GIVEN, and only then',
    )
    .refine(
      ({ list }) =>
        list.every(({ startMs, endMs }, index) => {
          const next = list[index + 1]?.startMs ?? Number.POSITIVE_INFINITY
          return startMs < (endMs ?? next) && (endMs ?? startMs) <= next
        }),
      'chapters must be in time order, not empty, and not overlap',
    )
    .default({ from: 'SOURCE', list: [] }),
  splitByChapters: z.boolean().default(false),
})

type GivenOptions = z.infer<typeof givenOptionsSchema>

export interface OutputOrder extends Omit<GivenOptions, 'bitrateMode' | 'bitrateKbps' | 'vbrQuality'> {
  readonly rateControl: RateControl
  /** Whether the bitrate was named, and is not our default. */
  readonly bitrateNamed: boolean
  /** Whether an MP3 track may be passed through as it is. */
  readonly passthrough: boolean
}

/** @throws DomainError BAD_USER_INPUT that names the first thing that is wrong. */
export function outputOrderOf(input: OutputOptionsInput): OutputOrder {
  const options = parseInput(givenOptionsSchema, input)
  const { bitrateMode, bitrateKbps, vbrQuality, ...rest } = options
  const rateControl = parseInput(rateControlSchema, { bitrateMode, bitrateKbps, vbrQuality })
  return {
    ...rest,
    rateControl,
    bitrateNamed: bitrateKbps !== null,
    passthrough: leavesAudioAlone(options),
  }
}

/** The options that leave every audio sample as it is. */
const besideAudio: readonly string[] = [
  'tags',
  'cover',
  'chapters',
  'audioTrack',
] satisfies (keyof GivenOptions)[]

/** By exclusion: an option that is missing from the list above prevents passing through, and is never ignored. */
function leavesAudioAlone(options: GivenOptions): boolean {
  return Object.entries(givenOptionsSchema.parse({})).every(
    ([name, unasked]) =>
      besideAudio.includes(name) || isDeepStrictEqual(options[name as keyof GivenOptions], unasked),
  )
}

const nothing = (message: string) => z.null(message).transform(() => undefined)

/** CBR and ABR at 192 kbit/s, VBR at V2 unless said otherwise. */
const rateControlSchema = z.discriminatedUnion('bitrateMode', [
  z
    .object({
      bitrateMode: z.literal('CBR'),
      bitrateKbps: z.preprocess((value) => value ?? 192, isOneOf(cbrBitratesKbps, 'bitrateKbps')),
      vbrQuality: nothing('CBR takes bitrateKbps, not vbrQuality'),
    })
    .transform(({ bitrateMode, bitrateKbps }) => ({ bitrateMode, bitrateKbps })),
  z
    .object({
      bitrateMode: z.literal('ABR'),
      bitrateKbps: z.preprocess((value) => value ?? 192, whole(8, 320, 'bitrateKbps')),
      vbrQuality: nothing('ABR takes bitrateKbps, not vbrQuality'),
    })
    .transform(({ bitrateMode, bitrateKbps }) => ({ bitrateMode, bitrateKbps })),
  z
    .object({
      bitrateMode: z.literal('VBR'),
      bitrateKbps: nothing('VBR takes vbrQuality, not bitrateKbps'),
      vbrQuality: z.number().nullable(),
    })
    .transform(({ bitrateMode, vbrQuality }) => ({ bitrateMode, vbrQuality: vbrQuality ?? 2 })),
])
