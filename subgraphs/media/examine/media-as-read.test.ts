import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { assureLength, mediaAsRead } from './media-as-read.ts'

const day = 24 * 3_600_000

function read(
  container: string,
  statedMs: number | null,
  found: { endMs: number; packetsMs?: number; isOdd?: boolean },
) {
  const media = {
    durationMs: statedMs ?? 0,
    container,
    audioTracks: [{ ...newConversion.source.track, durationMs: statedMs }],
    warnings: [],
  } as Partial<SourceMedia> as SourceMedia
  const span = { startMs: 0, packetsMs: found.endMs, isOdd: false, ...found }
  const { durationMs, audioTracks, warnings } = mediaAsRead(media, new Map([[0, span]]))
  return { fileMs: durationMs, trackMs: audioTracks[0]!.durationMs, codes: warnings.map(({ code }) => code) }
}

describe('what a header states, held against what was read', () => {
  it('stays where it is as much, but for a few packets', () => {
    assert.deepEqual(read('matroska,webm', 10_000, { endMs: 10_060 }), {
      fileMs: 10_000,
      trackMs: 10_000,
      codes: [],
    })
  })

  it('gives way to what was counted, and more than a little is said', () => {
    assert.deepEqual(read('matroska,webm', null, { endMs: 9_000 }), {
      fileMs: 9_000,
      trackMs: 9_000,
      codes: [],
    })
    assert.deepEqual(read('flv', 1_000, { endMs: 9_000 }), {
      fileMs: 9_000,
      trackMs: 9_000,
      codes: ['HEADER_WRONG'],
    })
    const unknown = read('mov,mp4,m4a,3gp,3g2,mj2', 89_478_485, { endMs: 9_000 })
    assert.deepEqual(unknown, { fileMs: 9_000, trackMs: 9_000, codes: ['HEADER_WRONG'] })
  })

  it('is a promise that a file which was cut short does not keep', () => {
    assert.throws(() => read('matroska,webm', 10_000, { endMs: 5_000 }), { code: 'CORRUPT_FILE' })
    assert.throws(() => read('matroska,webm', 10_000, { endMs: 0 }), { code: 'CORRUPT_FILE' })
    assert.equal(read('mpegts', 3_700_000, { endMs: 20_000 }).trackMs, 20_000, 'which states none')
  })

  it('is not counted by times that are of bytes', () => {
    assert.equal(read('avi', 2_200, { endMs: 417_000, packetsMs: 417_000 }).trackMs, null)
    assert.equal(read('avi', 2_200, { endMs: 417_000, packetsMs: 417_000 }).fileMs, 2_200)
    assert.equal(read('avi', 2_200, { endMs: 2_240, packetsMs: 2_220 }).trackMs, 2_200)
    assert.equal(read('ogg', 1_188, { endMs: 536_872_100, packetsMs: 1_190 }).trackMs, null)
    assert.equal(read('wav', null, { endMs: 2_000, packetsMs: 3_000 }).trackMs, 3_000)
  })
})

it('a length that is too long is named, with the limit', () => {
  const audioTracks = [{ ...newConversion.source.track, durationMs: 30 * 3_600_000 }]
  const media = { durationMs: 1, audioTracks } as Partial<SourceMedia> as SourceMedia
  assert.throws(() => assureLength(media), { code: 'TOO_LONG', message: /30:00:00 .*24:00:00/ })
  assureLength({ ...media, audioTracks: [{ ...audioTracks[0]!, durationMs: day }] })
})
