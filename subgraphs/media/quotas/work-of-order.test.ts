import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outputOptionsSchema, storedOutputSchema } from '#schema/documents/output-options.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { workOfOrder } from './work-of-order.ts'

const source = newConversion.source
const output = (options: object) =>
  storedOutputSchema.parse({ ...outputOptionsSchema.parse(options), passthrough: false })
const cover = { blobId: 'c', mimeType: 'image/jpeg' as const, type: 3, sizeBytes: 1_000 }
const chapters = [0, 20_000, 40_000].map((startMs) => ({ startMs, endMs: startMs + 10_000, title: null }))

describe('the work of an order', () => {
  it('is the audio that is read, once for each pass, and about the bytes of the MP3', () => {
    assert.deepEqual(workOfOrder(source, output({ bitrateKbps: 320 })), {
      audioMs: 60_000,
      storedBytes: 2_400_000,
    })
    assert.equal(workOfOrder(source, output({ loudness: {} })).audioMs, 180_000)
    assert.equal(workOfOrder(source, output({ loudness: {}, fadeOutMs: 1 })).audioMs, 240_000)
  })

  it('is of silence what it is of anything else: what is stored follows from the length, not from the upload', () => {
    const tiny = { ...source, durationMs: 24 * 3_600_000 }
    assert.equal(workOfOrder(tiny, output({ bitrateKbps: 320 })).storedBytes, 3_456_000_000)
  })

  it('is as much to read for a part, and less to store; each of several MP3s has the cover', () => {
    const trimmed = workOfOrder(source, output({ bitrateKbps: 320, trim: { startMs: 30_000 } }))
    assert.deepEqual(trimmed, { audioMs: 60_000, storedBytes: 1_200_000 })
    const split = output({ bitrateKbps: 320, splitByChapters: true })
    assert.equal(workOfOrder({ ...source, chapters, cover }, split).storedBytes, 1_203_000)
  })
})
