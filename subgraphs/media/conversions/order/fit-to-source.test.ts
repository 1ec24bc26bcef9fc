import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outputOptionsSchema, storedOutputSchema } from '#schema/documents/output-options.ts'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { ReadyUpload, StoredPicture } from '#schema/documents/upload-document.ts'
import { warning } from '#schema/documents/warning.ts'
import {
  outputOptionSamples,
  type OutputOptionsSample as Input,
} from '#schema/testing/output-option-samples.ts'
import { sampleMedia } from '#media/testing/upload-rig.ts'
import { fitToSource } from './fit-to-source.ts'

const [first] = sampleMedia.audioTracks
const english = { ...first!, language: 'eng' }
const french = { ...first!, index: 1, language: 'fre', sampleRateHz: 22_050, bitrateKbps: 64 }
const unknown = { ...first!, index: 2, codec: 'tta', isDecodable: false }
const media: SourceMedia = { ...sampleMedia, audioTracks: [english, french, unknown] }
const chaptered: SourceMedia = {
  ...media,
  chapters: [
    { startMs: 0, endMs: 20_000, title: 'One' },
    { startMs: 20_000, endMs: 60_000, title: null },
  ],
}
const fit = (
  input: Input,
  of = media,
  upload: Partial<ReadyUpload<'SOURCE'>> = {},
  cover: StoredPicture | null = null,
) =>
  fitToSource(
    outputOptionsSchema.parse(input),
    { media: of, picture: null, coverFrameMs: null, ...upload },
    cover,
  )
const kept = (blobId: string) => ({ blobId, mimeType: 'image/png', type: 3, sizeBytes: 10 }) as const
const pictureOf = (blobId: string) => ({ ...kept(blobId), widthPx: 1, heightPx: 1, convertedFrom: null })
const refused = (input: Input, message: RegExp, of = media) =>
  assert.throws(
    () => fit(input, of),
    (error: Error & { code?: string }) => error.code === 'OUTPUT_NOT_POSSIBLE' && message.test(error.message),
    JSON.stringify(input),
  )

describe('an order that is fitted to its upload', () => {
  it('gets every default, and can be stored', () => {
    const { output, track, durationMs } = fit({})
    assert.deepEqual(storedOutputSchema.parse(output), output)
    assert.deepEqual(output, { ...outputOptionsSchema.parse({ bitrateKbps: 192 }), passthrough: true })
    assert.deepEqual([track, durationMs], [english, 60_000])
  })

  it('gets the track of an index or a language, and none that is not there or cannot be decoded', () => {
    assert.equal(fit({ audioTrack: { index: 1 } }).track, french)
    for (const language of ['FRE', 'fra', 'fr']) assert.equal(fit({ audioTrack: { language } }).track, french)
    refused(
      { audioTrack: { language: 'ger' } },
      /has track 0 \(eng\), track 1 \(fre\), track 2 \(language unknown\)/,
    )
    refused({ audioTrack: { language: 'not a language' } }, /no such audio track/)
    refused({ audioTrack: { index: 3 } }, /no such audio track/)
    refused({ audioTrack: { index: 2 } }, /Audio track 2 \(tta\) cannot be decoded/)
  })

  it('is trimmed within its track; a little past the end means the end', () => {
    assert.deepEqual(fit({ trim: { startMs: 5, endMs: 60_900 } }).output.trim, { startMs: 5, endMs: null })
    assert.deepEqual(fit({ trim: { startMs: 5, endMs: 59_999 } }).output.trim, { startMs: 5, endMs: 59_999 })
    refused({ trim: { startMs: 60_000 } }, /starts at 1:00 \(60000 ms\), but the track lasts 1:00 \(/)
    refused({ trim: { startMs: 0, endMs: 61_001 } }, /ends at 1:01\.001 \(61001 ms\)/)
    refused(
      { trim: { startMs: 0, endMs: 1_000 }, fadeInMs: 600, fadeOutMs: 600 },
      /fades take 0:01\.2 \(1200 ms\)/,
    )
  })

  it('gives way to what an MP3 knows at a low sample rate, unless both were named', () => {
    const bitrate = (input: Input) => fit({ audioTrack: { index: 1 }, ...input }).output.bitrateKbps
    assert.equal(bitrate({}), 160)
    assert.equal(bitrate({ bitrateKbps: 320 }), 160)
    assert.equal(bitrate({ sampleRateHz: 8_000 }), 64)
    assert.equal(bitrate({ bitrateMode: 'ABR', bitrateKbps: 200 }), 160)
    refused({ sampleRateHz: 22_050, bitrateKbps: 192 }, /At 22050 Hz an MP3 has at most 160/)
    refused({ sampleRateHz: 11_025, bitrateKbps: 96 }, /at most 64/)
  })

  it('gets chapters that lie within the file, each up to the next', () => {
    const list = [
      { startMs: 0, title: 'One' },
      { startMs: 30_000, endMs: 60_400 },
    ]
    assert.deepEqual(fit({ chapters: { from: 'GIVEN', list } }).chapters, [
      { startMs: 0, endMs: 30_000, title: 'One' },
      { startMs: 30_000, endMs: 60_000, title: null },
    ])
    const beyond = [{ startMs: 60_000 }]
    refused({ chapters: { from: 'GIVEN', list: beyond } }, /Chapter 1 does not lie within the file/)
  })

  it('gets the chapters of the file, or those that were given, or none', () => {
    const list = [{ startMs: 0, endMs: 1_000, title: 'Mine' }]
    assert.deepEqual(fit({}, chaptered).chapters, chaptered.chapters)
    assert.deepEqual(fit({ chapters: { from: 'GIVEN', list } }, chaptered).chapters, list)
    assert.deepEqual(fit({ chapters: { from: 'NONE' } }, chaptered).chapters, [])
  })

  it('gets the picture of its upload, or of the one that was given, or none', () => {
    const cover = (input: Input['cover']) =>
      fit({ cover: input }, media, { picture: pictureOf('own') }, pictureOf('given')).cover
    assert.deepEqual(cover({}), kept('own'))
    assert.deepEqual(cover({ from: 'UPLOAD', uploadId: 'upload-2' }), kept('given'))
    assert.equal(cover({ from: 'NONE' }), null)
    assert.equal(fit({}).cover, null)
  })

  it('is split only where there are chapters, long enough for the fades, and nothing is trimmed', () => {
    assert.equal(fit({ splitByChapters: true }, chaptered).output.splitByChapters, true)
    refused({ splitByChapters: true }, /no chapters to split by/)
    refused({ splitByChapters: true, chapters: { from: 'NONE' } }, /no chapters/, chaptered)
    refused({ splitByChapters: true, fadeInMs: 30_000 }, /lasts 0:20 \(20000 ms\)/, chaptered)
    refused({ splitByChapters: true, trim: { startMs: 5 } }, /exclude each other/, chaptered)
  })
})

describe('the chapters a file is split by', () => {
  const late = { ...english, startMs: 10_000, durationMs: 40_000 }
  const [intro, all, talk, credits] = [
    { startMs: 0, endMs: 10_000, title: 'Silent' },
    { startMs: 10_000, endMs: 60_000, title: 'All' },
    { startMs: 30_000, endMs: 60_000, title: 'Talk' },
    { startMs: 49_950, endMs: 60_000, title: 'Credits' },
  ]
  const of = { ...media, audioTracks: [late], chapters: [intro, talk, all, all, credits] }

  it('are in order, none within another, and none without audio', () => {
    assert.deepEqual(fit({ splitByChapters: true }, of).chapters, [
      { ...all, endMs: 30_000 },
      { ...talk, endMs: 49_950 },
    ])
    assert.deepEqual(fit({}, of).chapters, of.chapters)
  })

  it('are not so many that their covers would be more than any audio', () => {
    const list = Array.from({ length: 400 }, (_, index) => ({ startMs: 10_000 + index * 100 }))
    const cover = {
      mimeType: 'image/png',
      type: 3,
      widthPx: 1,
      heightPx: 1,
      convertedFrom: null,
      blobId: 'p',
      sizeBytes: 2_500_000,
    } as const
    const split = (picture: StoredPicture) =>
      fit({ splitByChapters: true, chapters: { from: 'GIVEN', list } }, of, { picture })
    assert.equal(split(cover).output.splitByChapters, true)
    assert.throws(() => split({ ...cover, sizeBytes: 2_500_001 }), /too large for each of 400/)
  })

  it('must have audio where they were given', () => {
    const given = (list: Input['chapters']) => ({ splitByChapters: true, chapters: list }) as Input
    refused(
      given({ from: 'GIVEN', list: [intro] }),
      /Chapter 1 has no audio: .* 0:10 \(10000 ms\) .* 0:50 \(50000 ms\)/,
      of,
    )
    refused(given({ from: 'GIVEN', list: [talk, { startMs: 60_500 }] }), /Chapter 2 does not lie/, of)
    assert.deepEqual(fit(given({ from: 'GIVEN', list: [talk] }), of).chapters, [talk])
  })
})

describe('the warnings of an order', () => {
  const firstTrack = { audioTrack: { index: 0 } }
  const warned = (input: Input, upload: Partial<ReadyUpload<'SOURCE'>> = {}) =>
    fit({ ...firstTrack, ...input }, media, upload).warnings.map(({ code }) => code)

  it('name a bitrate and a sample rate above the source’s', () => {
    assert.deepEqual(warned({ bitrateKbps: 128 }), [])
    assert.deepEqual(warned({}), [])
    assert.deepEqual(warned({ bitrateKbps: 160 }), ['BITRATE_ABOVE_SOURCE'])
    assert.deepEqual(warned({ bitrateMode: 'VBR' }), [])
    assert.deepEqual(warned({ bitrateKbps: 96, sampleRateHz: 48_000 }), ['SAMPLE_RATE_ABOVE_SOURCE'])
  })

  it('name a cover that was converted, the one that the MP3 gets', () => {
    const converted = { ...pictureOf('own'), convertedFrom: 'a WebP' }
    const { warnings } = fit({ ...firstTrack, bitrateKbps: 96 }, media, { picture: converted })
    assert.deepEqual(
      warnings.map(({ code, message }) => [code, message]),
      [
        [
          'COVER_CHANGED',
          'The cover was a WebP, which not every player shows: it is now a JPEG of 1 by 1 pixels.',
        ],
      ],
    )
    assert.deepEqual(warned({ bitrateKbps: 96, cover: { from: 'NONE' } }, { picture: converted }), [])
    const given = { from: 'UPLOAD', uploadId: 'upload-2' } as const
    const own = fit(
      { ...firstTrack, bitrateKbps: 96, cover: given },
      media,
      { picture: converted },
      pictureOf('given'),
    )
    assert.deepEqual(own.warnings, [])
  })

  it('name a picture of the source that is lost, unless its cover is not wanted', () => {
    const lossy = { ...media, warnings: [warning('COVER_MISSING', 'It is damaged.')] }
    const codes = (cover: Input['cover']) =>
      fit({ ...firstTrack, cover }, lossy).warnings.map(({ code }) => code)
    assert.deepEqual(codes({}), ['COVER_MISSING'])
    assert.deepEqual(codes({ from: 'NONE' }), [])
  })

  it('name a frame that could not be taken, unless no cover is wanted', () => {
    const upload = { coverFrameMs: 5 }
    assert.deepEqual(warned({ bitrateKbps: 96 }, upload), ['COVER_MISSING'])
    assert.deepEqual(warned({ bitrateKbps: 96, cover: { from: 'NONE' } }, upload), [])
  })
})

describe('an MP3 track', () => {
  const leavesAudioAlone = ['tags', 'cover', 'chapters', 'audioTrack']
  for (const [option, inputs] of Object.entries(outputOptionSamples)) {
    const expected = leavesAudioAlone.includes(option)
    it(`${expected ? 'is' : 'is not'} passed through where ${option} is given`, () => {
      for (const input of inputs)
        assert.equal(fit(input, chaptered).output.passthrough, expected, JSON.stringify(input))
    })
  }

  it('is judged by every option there is', () =>
    assert.deepEqual(
      Object.keys(outputOptionSamples).toSorted(),
      Object.keys(outputOptionsSchema.shape).toSorted(),
    ))
})
