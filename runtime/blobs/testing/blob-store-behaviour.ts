/** What every blob store must do, whatever it is made of: to be run by the tests of each. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { it } from 'node:test'
import { buffer } from 'node:stream/consumers'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'

const mebibyte = 1024 * 1024

/** The bytes as a stream that comes in pieces of no store's own size. */
export async function* inPieces(bytes: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

/** Ends with an error after so many bytes. */
export async function* breakingOff(sizeBytes: number): AsyncGenerator<Buffer> {
  yield* inPieces(randomBytes(sizeBytes))
  throw new Error('the source broke off')
}

/** Adds the tests to the suite at hand. @param atOnce What the store writes or reads at once, in bytes: lengths around it are tried. */
export function itStoresBlobs(blobs: BlobStore, atOnce = mebibyte): void {
  for (const sizeBytes of [1, atOnce - 1, atOnce, atOnce + 1, Math.floor(3.5 * atOnce), 9 * atOnce]) {
    it(`gives back what it was given, whole or in part: ${sizeBytes} bytes`, async () => {
      const bytes = randomBytes(sizeBytes)
      const id = `blob-${sizeBytes}`
      assert.deepEqual(await blobs.write(id, inPieces(bytes)), { sizeBytes })
      assert.deepEqual(await blobs.stat(id), { sizeBytes })
      for (const [start, end] of [
        [0, sizeBytes - 1],
        [0, 0],
        [sizeBytes - 1, sizeBytes - 1],
        [sizeBytes >> 1, sizeBytes - 1],
        [sizeBytes >> 2, sizeBytes >> 1],
      ] as const) {
        const part = await buffer(blobs.read(id, { start, end }))
        assert.ok(part.equals(bytes.subarray(start, end + 1)), `${start}-${end}`)
      }
    })
  }

  it('removes a blob once', async () => {
    await blobs.write('whole', inPieces(randomBytes(3 * atOnce)))
    assert.equal(await blobs.delete('whole'), true)
    assert.equal(await blobs.stat('whole'), null)
    assert.equal(await blobs.delete('whole'), false)
  })

  it('removes what a write that broke off left behind', async () => {
    await assert.rejects(blobs.write('half', breakingOff(6 * atOnce)), /broke off/)
    assert.equal(await blobs.stat('half'), null)
    assert.equal(await blobs.delete('half'), true)
    assert.equal(await blobs.delete('half'), false)
  })

  it('has no blob before its last byte, nor after an abort', async () => {
    const abort = new AbortController()
    async function* endless() {
      for (let piece = 0; ; piece++) {
        if (piece === 30) abort.abort(new Error('enough'))
        yield Buffer.alloc(100_000)
      }
    }
    await assert.rejects(blobs.write('aborted', endless(), abort.signal), /enough/)
    assert.equal(await blobs.stat('aborted'), null)
    await blobs.delete('aborted')
  })
}
