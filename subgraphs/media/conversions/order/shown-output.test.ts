import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outputOptionsSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import { queuedConversion } from '#ledger/testing/sample-records.ts'
import { shownOutput } from './shown-output.ts'

const shown = (options: Partial<OutputOptions> = {}) => {
  const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 192, ...options })
  return shownOutput({ ...queuedConversion, output })
}

describe('what was asked of a conversion, as it is shown', () => {
  it('has either a bitrate or a quality', () => {
    const rates = [shown(), shown({ bitrateMode: 'ABR', bitrateKbps: 100 })].map(
      ({ bitrateMode, bitrateKbps, vbrQuality }) => [bitrateMode, bitrateKbps, vbrQuality],
    )
    assert.deepEqual(rates, [
      ['CBR', 192, null],
      ['ABR', 100, null],
    ])
    const { bitrateKbps, vbrQuality } = shown({ bitrateMode: 'VBR', vbrQuality: 0 })
    assert.deepEqual([bitrateKbps, vbrQuality], [null, 0])
  })

  it('names the track that was chosen', () => assert.equal(shown().audioTrack, queuedConversion.source.track))

  it('tells of tags, cover and chapters what was set', () => {
    const picture = { blobId: 'b', mimeType: 'image/png', sizeBytes: 1 } as const
    const list = [{ startMs: 0, endMs: 1_000, title: 'One' }]
    const set = [{ key: 'title', value: 'Talk' }]
    const { keepTags, setTags, coverFrom, chaptersFrom, chapters, ...rest } = shown({
      tags: { keep: false, set },
      cover: { from: 'UPLOAD', uploadId: 'u', picture },
      chapters: { from: 'GIVEN', list },
    })
    assert.deepEqual(
      [keepTags, setTags, coverFrom, chaptersFrom, chapters],
      [false, set, 'UPLOAD', 'GIVEN', list],
    )
    assert.ok(!('cover' in rest) && !('tags' in rest), 'a picture’s place in the store is nobody’s business')
    assert.deepEqual([shown().coverFrom, shown().chaptersFrom, shown().chapters], ['SOURCE', 'SOURCE', []])
  })
})
