import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OutputOptionsInput } from '#schema/generated/media-resolvers.ts'
import { givenOptionsSchema, outputOrderOf } from './output-order.ts'

const refused = (input: OutputOptionsInput, message: RegExp) =>
  assert.throws(
    () => outputOrderOf(input),
    (error: Error & { code?: string }) => error.code === 'BAD_USER_INPUT' && message.test(error.message),
    JSON.stringify(input),
  )

describe('an order', () => {
  it('is for CBR at 192 kbit/s when nothing is said, and lets an MP3 track pass through', () => {
    const { rateControl, bitrateNamed, passthrough, ...rest } = outputOrderOf({})
    assert.deepEqual(rateControl, { bitrateMode: 'CBR', bitrateKbps: 192 })
    assert.deepEqual([bitrateNamed, passthrough], [false, true])
    assert.deepEqual(rest, {
      channels: null,
      sampleRateHz: null,
      encoderQuality: null,
      audioTrack: null,
      trim: null,
      fadeInMs: 0,
      fadeOutMs: 0,
      loudness: null,
      tags: { keep: true, set: [] },
      cover: { from: 'SOURCE', uploadId: null },
      chapters: { from: 'SOURCE', list: [] },
      splitByChapters: false,
    })
  })

  it('takes every bitrate of layer III for CBR and no other', () => {
    assert.deepEqual(outputOrderOf({ bitrateKbps: 320 }).rateControl, {
      bitrateMode: 'CBR',
      bitrateKbps: 320,
    })
    for (const bitrateKbps of [0, -128, 31, 100, 321, 1.5]) refused({ bitrateKbps }, /must be one of 32, 40/)
  })

  it('takes any whole bitrate from 8 to 320 for ABR, 192 unless said', () => {
    const abr = (bitrateKbps: number | null) => outputOrderOf({ bitrateMode: 'ABR', bitrateKbps }).rateControl
    assert.deepEqual(abr(null), { bitrateMode: 'ABR', bitrateKbps: 192 })
    assert.deepEqual(abr(101), { bitrateMode: 'ABR', bitrateKbps: 101 })
    for (const bitrateKbps of [7, 321, 100.5])
      refused({ bitrateMode: 'ABR', bitrateKbps }, /BitrateKbps must be/)
  })

  it('takes VBR qualities from 0 to 9, 2 unless said', () => {
    assert.deepEqual(outputOrderOf({ bitrateMode: 'VBR' }).rateControl, { bitrateMode: 'VBR', vbrQuality: 2 })
    assert.deepEqual(outputOrderOf({ bitrateMode: 'VBR', vbrQuality: 0 }).rateControl, {
      bitrateMode: 'VBR',
      vbrQuality: 0,
    })
    for (const vbrQuality of [-1, 10]) refused({ bitrateMode: 'VBR', vbrQuality }, /from 0 to 9/)
  })

  it('refuses what belongs to another mode', () => {
    refused({ bitrateMode: 'VBR', bitrateKbps: 128 }, /VBR takes vbrQuality/)
    refused({ vbrQuality: 2 }, /CBR takes bitrateKbps/)
    refused({ bitrateMode: 'ABR', vbrQuality: 2 }, /ABR takes bitrateKbps/)
  })

  it('refuses what no MP3 and no sound can be, and names it', () => {
    refused({ channels: 3 }, /Channels must be one of 1, 2/)
    refused({ sampleRateHz: 96_000 }, /SampleRateHz must be one of 8000/)
    refused({ encoderQuality: 10 }, /EncoderQuality must be from 0 to 9/)
    refused({ audioTrack: {} }, /either index or language/)
    refused({ audioTrack: { index: 0, language: 'eng' } }, /either index or language/)
    refused({ trim: { startMs: 10, endMs: 10 } }, /end after it starts/)
    refused({ fadeInMs: -1 }, /FadeInMs must be/)
    refused({ loudness: { targetLufs: 0, maxTruePeakDbtp: -1 } }, /targetLufs must be from -40 to -5/)
    refused({ loudness: { targetLufs: Number.NaN, maxTruePeakDbtp: -1 } }, /targetLufs must be/)
    refused({ cover: { from: 'UPLOAD' } }, /uploadId with UPLOAD/)
    refused({ cover: { from: 'NONE', uploadId: 'a' } }, /uploadId with UPLOAD/)
    refused({ tags: { keep: true, set: [{ key: '', value: 'x' }] } }, /key must not be empty/)
    refused(
      { tags: { keep: true, set: [{ key: 'a', value: 'x'.repeat(2_001) }] } },
      /at most 2000 characters/,
    )
  })

  it('refuses chapters that overlap, are empty or out of order', () => {
    const given = (...list: { startMs: number; endMs?: number }[]) => ({
      chapters: { from: 'GIVEN' as const, list },
    })
    assert.equal(outputOrderOf(given({ startMs: 0 }, { startMs: 5, endMs: 6 })).chapters.list.length, 2)
    for (const wrong of [
      given({ startMs: 5 }, { startMs: 0 }),
      given({ startMs: 0, endMs: 6 }, { startMs: 5 }),
      given({ startMs: 3, endMs: 3 }),
      given({ startMs: 3 }, { startMs: 3 }),
    ])
      refused(wrong, /time order, not empty, and not overlap/)
    refused({ chapters: { from: 'GIVEN' } }, /takes a list with GIVEN/)
    refused({ chapters: { from: 'NONE', list: [{ startMs: 0 }] } }, /takes a list with GIVEN/)
  })

  it('passes an MP3 track through unless an option touches the audio, whichever option that is', () => {
    const leavesAudioAlone = ['tags', 'cover', 'chapters', 'audioTrack']
    for (const [option, inputs] of Object.entries(samples)) {
      for (const input of inputs) {
        const expected = leavesAudioAlone.includes(option)
        assert.equal(outputOrderOf(input).passthrough, expected, JSON.stringify(input))
      }
    }
    assert.deepEqual(Object.keys(samples).toSorted(), Object.keys(givenOptionsSchema.shape).toSorted())
  })
})

/** Every option by itself, at values that are not its default. A missing option does not compile. */
const samples: { readonly [Option in keyof Required<OutputOptionsInput>]: OutputOptionsInput[] } = {
  bitrateMode: [{ bitrateMode: 'VBR' }, { bitrateMode: 'ABR' }],
  bitrateKbps: [{ bitrateKbps: 192 }, { bitrateKbps: 320 }],
  vbrQuality: [{ bitrateMode: 'VBR', vbrQuality: 2 }],
  channels: [{ channels: 2 }],
  sampleRateHz: [{ sampleRateHz: 44_100 }],
  encoderQuality: [{ encoderQuality: 0 }],
  audioTrack: [{ audioTrack: { index: 1 } }, { audioTrack: { language: 'eng' } }],
  trim: [{ trim: { startMs: 0, endMs: 5 } }, { trim: { startMs: 5 } }],
  fadeInMs: [{ fadeInMs: 1 }],
  fadeOutMs: [{ fadeOutMs: 1 }],
  loudness: [{ loudness: { targetLufs: -16, maxTruePeakDbtp: -1 } }],
  tags: [{ tags: { keep: false, set: [] } }],
  cover: [{ cover: { from: 'NONE' } }],
  chapters: [{ chapters: { from: 'GIVEN', list: [{ startMs: 0 }] } }],
  splitByChapters: [{ splitByChapters: true }],
}
