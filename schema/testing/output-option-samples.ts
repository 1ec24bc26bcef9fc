/** Every output option by itself, at values that are not its default. One that is missing here does not compile. */
import type * as z from 'zod'
import type { outputOptionsSchema } from '#schema/documents/output-options.ts'

export type OutputOptionsSample = z.input<typeof outputOptionsSchema>

export const outputOptionSamples: {
  readonly [Name in keyof Required<OutputOptionsSample>]: readonly OutputOptionsSample[]
} = {
  bitrateMode: [{ bitrateMode: 'VBR' }, { bitrateMode: 'ABR' }],
  bitrateKbps: [{ bitrateKbps: 320 }, { bitrateKbps: 192 }],
  vbrQuality: [{ bitrateMode: 'VBR', vbrQuality: 0 }],
  channels: [{ channels: 1 }, { channels: 2 }],
  sampleRateHz: [{ sampleRateHz: 32_000 }, { sampleRateHz: 44_100 }],
  encoderQuality: [{ encoderQuality: 0 }],
  audioTrack: [{ audioTrack: { index: 1 } }, { audioTrack: { language: 'eng' } }],
  trim: [{ trim: { startMs: 5 } }, { trim: { endMs: 5 } }],
  fadeInMs: [{ fadeInMs: 1 }],
  fadeOutMs: [{ fadeOutMs: 1 }],
  loudness: [{ loudness: {} }],
  tags: [{ tags: { keep: false } }],
  cover: [{ cover: { from: 'NONE' } }],
  chapters: [{ chapters: { from: 'GIVEN', list: [{ startMs: 0 }] } }],
  splitByChapters: [{ splitByChapters: true }],
}
