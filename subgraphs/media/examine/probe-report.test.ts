import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceMediaSchema } from '#schema/documents/source-media.ts'
import { probeReportSchema, sourceMediaOf } from './probe-report.ts'

const audio = { index: 0, codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '44100' }
const format = { format_name: 'matroska,webm', start_time: '0.000000', duration: '60.0' }
const mediaOf = (stream: object, chapters: readonly object[] = []) =>
  sourceMediaOf(probeReportSchema.parse({ streams: [{ ...audio, ...stream }], chapters, format }))

describe('what is stored of a probe', () => {
  it('can be stored and read back, whatever times and rates a file states', () => {
    const far = '9223372036854775.807000'
    const stream = { start_time: far, bit_rate: '9223372036854775807' }
    const media = mediaOf(stream, [{ start_time: far, end_time: far }])
    assert.deepEqual(sourceMediaSchema.parse(media), media)
  })

  it('counts chapters from where the file begins, as all its times', () => {
    const report = { streams: [audio], chapters: [{ start_time: '12.5', end_time: '20' }] }
    const late = { ...format, start_time: '10.000000' }
    const { chapters } = sourceMediaOf(probeReportSchema.parse({ ...report, format: late }))
    assert.deepEqual(chapters, [{ startMs: 2_500, endMs: 10_000, title: null }])
    const runUp = { ...format, start_time: '-0.007000' }
    assert.equal(
      sourceMediaOf(probeReportSchema.parse({ ...report, format: runUp })).chapters[0]!.startMs,
      12_500,
    )
  })

  it('is the length of a late track in Matroska: mkvmerge states it, ffmpeg states the end', () => {
    const late = { start_time: '10.000000', tags: { DURATION: '00:00:50.000000000' } }
    const merged = { ...late, tags: { ...late.tags, '_STATISTICS_TAGS-eng': 'BPS DURATION' } }
    const lengths = [late, merged].map((stream) => mediaOf(stream).audioTracks[0]!.durationMs)
    assert.deepEqual(lengths, [40_000, 50_000])
  })
})
