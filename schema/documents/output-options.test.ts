import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type * as z from 'zod'
import { outputOptionSamples } from '#schema/testing/output-option-samples.ts'
import { outputOptionsSchema, storedOutputSchema, type OutputOptions } from './output-options.ts'
import { rateControlOf } from './rate-control.ts'

type Input = z.input<typeof outputOptionsSchema>

const refused = (input: unknown, message: RegExp) => {
  const [issue] = outputOptionsSchema.safeParse(input).error?.issues ?? []
  assert.match(issue?.message ?? 'accepted', message, JSON.stringify(input))
}
const accepted = (input: Input): OutputOptions => outputOptionsSchema.parse(input)

describe('output options', () => {
  it('can be read back as they were stored, whatever was accepted', () => {
    for (const sample of Object.values(outputOptionSamples).flat()) {
      const stored = { ...accepted(sample), passthrough: false }
      assert.deepEqual(storedOutputSchema.parse(stored), stored)
    }
  })

  it('measure a tag’s key as it is stored: lower-cased, which makes some letters longer', () => {
    const withKey = (key: string) => ({ tags: { set: [{ key, value: 'v' }] } })
    assert.equal(accepted(withKey('İ'.repeat(50))).tags.set[0]!.key.length, 100)
    refused(withKey('İ'.repeat(51)), /tags.set\[0\].key must have at most 100 characters/)
    refused(withKey(''), /tags.set\[0\].key must not be empty/)
  })

  it('have a default each: nothing is asked, and what the source has is kept', () =>
    assert.deepEqual(accepted({}), {
      bitrateMode: 'CBR',
      bitrateKbps: null,
      vbrQuality: null,
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
    }))

  it('read back as they were given', () => {
    const given: Input = {
      bitrateMode: 'ABR',
      bitrateKbps: 101,
      audioTrack: { language: 'deu' },
      trim: { startMs: 5 },
      loudness: {},
      tags: { keep: false, set: [{ key: 'Title', value: '' }] },
      cover: { from: 'UPLOAD', uploadId: 'upload-2' },
      chapters: { from: 'GIVEN', list: [{ startMs: 0 }, { startMs: 5, endMs: 6, title: 'Two' }] },
    }
    const options = accepted(given)
    assert.deepEqual(accepted(options), options)
    assert.deepEqual(options.loudness, { targetLufs: -16, maxTruePeakDbtp: -1 })
    assert.deepEqual(options.tags.set, [{ key: 'title', value: '' }])
  })

  it('take every bitrate of layer III for CBR and no other', () => {
    assert.equal(accepted({ bitrateKbps: 320 }).bitrateKbps, 320)
    for (const bitrateKbps of [0, -128, 31, 100, 321, 1.5])
      refused({ bitrateKbps }, /^bitrateKbps must be one of 32, 40/)
  })

  it('take any whole bitrate from 8 to 320 for ABR', () => {
    assert.equal(accepted({ bitrateMode: 'ABR', bitrateKbps: 101 }).bitrateKbps, 101)
    for (const bitrateKbps of [7, 321, 100.5])
      refused({ bitrateMode: 'ABR', bitrateKbps }, /^bitrateKbps must be/)
  })

  it('take VBR qualities from 0 to 9', () => {
    assert.equal(accepted({ bitrateMode: 'VBR', vbrQuality: 0 }).vbrQuality, 0)
    for (const vbrQuality of [-1, 10])
      refused({ bitrateMode: 'VBR', vbrQuality }, /^vbrQuality .* from 0 to 9$/)
  })

  it('refuse what belongs to another mode', () => {
    refused({ bitrateMode: 'VBR', bitrateKbps: 128 }, /^VBR takes vbrQuality/)
    refused({ vbrQuality: 2 }, /^CBR takes bitrateKbps/)
    refused({ bitrateMode: 'ABR', vbrQuality: 2 }, /^ABR takes bitrateKbps/)
  })

  it('refuse what no MP3 and no audio can be, and name it', () => {
    refused({ channels: 3 }, /^channels must be one of 1, 2$/)
    refused({ sampleRateHz: 96_000 }, /^sampleRateHz must be one of 8000/)
    refused({ encoderQuality: 10 }, /^encoderQuality must be from 0 to 9$/)
    refused({ audioTrack: {} }, /^audioTrack takes either index or language$/)
    refused({ audioTrack: { index: 0, language: 'eng' } }, /either index or language/)
    refused({ trim: { startMs: 10, endMs: 10 } }, /^trim must end after it starts$/)
    refused({ fadeInMs: -1 }, /^fadeInMs must be/)
    refused({ fadeInMs: 0.5 }, /^fadeInMs must be whole$/)
    refused({ loudness: { targetLufs: 0 } }, /^loudness\.targetLufs must be from -40 to -5$/)
    refused({ loudness: { targetLufs: Number.NaN } }, /^loudness\.targetLufs must be/)
    refused({ cover: { from: 'UPLOAD' } }, /^cover takes uploadId with UPLOAD/)
    refused({ cover: { from: 'NONE', uploadId: 'a' } }, /uploadId with UPLOAD/)
    refused({ tags: { set: [{ key: '', value: 'x' }] } }, /^tags\.set\[0\]\.key must not be empty$/)
    refused(
      { tags: { set: [{ key: 'a', value: 'x'.repeat(2_001) }] } },
      /value must have at most 2000 characters$/,
    )
  })

  it('refuse chapters that overlap, are empty or out of order', () => {
    for (const list of [
      [{ startMs: 5 }, { startMs: 0 }],
      [{ startMs: 0, endMs: 6 }, { startMs: 5 }],
      [{ startMs: 3, endMs: 3 }],
      [{ startMs: 3 }, { startMs: 3 }],
    ])
      refused(
        { chapters: { from: 'GIVEN', list } },
        /^chapters must be in time order, not empty, and not overlap$/,
      )
    refused({ chapters: { from: 'GIVEN' } }, /^chapters takes a list with GIVEN/)
    refused({ chapters: { from: 'NONE', list: [{ startMs: 0 }] } }, /takes a list with GIVEN/)
  })
})

describe('the rate control of output options', () => {
  const of = (input: Input) => rateControlOf(accepted(input))

  it('is CBR and ABR at 192 kbit/s and VBR at quality 2 unless said otherwise', () => {
    assert.deepEqual(of({}), { bitrateMode: 'CBR', bitrateKbps: 192 })
    assert.deepEqual(of({ bitrateMode: 'ABR' }), { bitrateMode: 'ABR', bitrateKbps: 192 })
    assert.deepEqual(of({ bitrateMode: 'VBR' }), { bitrateMode: 'VBR', vbrQuality: 2 })
  })

  it('is nothing but the mode and what the mode takes', () => {
    assert.deepEqual(of({ bitrateKbps: 64, channels: 1 }), { bitrateMode: 'CBR', bitrateKbps: 64 })
    assert.deepEqual(of({ bitrateMode: 'VBR', vbrQuality: 0 }), { bitrateMode: 'VBR', vbrQuality: 0 })
  })
})
