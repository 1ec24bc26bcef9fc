import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { Binary, GridFSBucket, type ObjectId } from 'mongodb'
import { pino } from 'pino'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createBlobIntents } from './blob-intents.ts'
import { createCollectorSweep, type Fate } from './collector.ts'
import { createGridFsBlobStore } from './grid-fs-blob-store.ts'

const chunk = 1024 * 1024

async function* inPieces(bytes: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

describe('blobs', async () => {
  const mongo = createTestDatabase()
  const blobs = createGridFsBlobStore(mongo.database)
  const chunkCount = (id: string) =>
    mongo.database.collection('fs.chunks').countDocuments({ files_id: id as unknown as ObjectId })
  before(() => blobs.prepare())
  after(() => mongo[Symbol.asyncDispose]())

  for (const sizeBytes of [1, chunk - 1, chunk, chunk + 1, Math.floor(3.5 * chunk), 9 * chunk]) {
    it(`come back as they were: ${sizeBytes} bytes`, async () => {
      const bytes = randomBytes(sizeBytes)
      const id = `blob-${sizeBytes}`
      assert.deepEqual(await blobs.write(id, inPieces(bytes)), { sizeBytes })
      assert.deepEqual(await blobs.stat(id), { sizeBytes })
      assert.ok((await buffer(blobs.read(id, { start: 0, end: sizeBytes - 1 }))).equals(bytes))
      for (const [start, end] of [
        [0, 0],
        [sizeBytes - 1, sizeBytes - 1],
        [sizeBytes >> 1, sizeBytes - 1],
        [sizeBytes >> 2, sizeBytes >> 1],
      ] as const) {
        assert.ok(
          (await buffer(blobs.read(id, { start, end }))).equals(bytes.subarray(start, end + 1)),
          `${start}-${end}`,
        )
      }
    })
  }

  it('can be read by any driver’s GridFS', async () => {
    const bytes = randomBytes(2 * chunk + 5)
    await blobs.write('standard', inPieces(bytes))
    const bucket = new GridFSBucket(mongo.database)
    assert.ok((await buffer(bucket.openDownloadStream('standard' as unknown as ObjectId))).equals(bytes))
  })

  it('are removed to the last chunk, whole or half written', async () => {
    await blobs.write('whole', inPieces(randomBytes(3 * chunk)))
    assert.equal(await blobs.delete('whole'), true)
    assert.equal(await chunkCount('whole'), 0)
    async function* breaksOff() {
      yield* inPieces(randomBytes(6 * chunk))
      throw new Error('the source broke off')
    }
    await assert.rejects(blobs.write('half', breaksOff()), /broke off/)
    assert.equal(await blobs.stat('half'), null)
    assert.ok((await chunkCount('half')) > 0)
    assert.equal(await blobs.delete('half'), true)
    assert.equal(await chunkCount('half'), 0)
    assert.equal(await blobs.delete('half'), false)
  })

  it('are found by a deletion that follows one which broke off, or which a writer went on after', async () => {
    const chunks = mongo.database.collection<{ files_id: string; n: number; data: Binary }>('fs.chunks')
    await chunks.insertOne({ files_id: 'remainder', n: 500, data: new Binary(Buffer.alloc(10)) })
    assert.equal(await blobs.delete('remainder'), true)
    assert.equal(await chunkCount('remainder'), 0)
    assert.equal(await blobs.delete('remainder'), false)
  })

  it('do not exist before their last byte, nor after an abort', async () => {
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

  it('fail to be read when a piece is missing, rather than come back short', async () => {
    await blobs.write('holey', inPieces(randomBytes(3 * chunk)))
    await mongo.database.collection('fs.chunks').deleteOne({ files_id: 'holey' as unknown as ObjectId, n: 1 })
    await assert.rejects(buffer(blobs.read('holey', { start: 0, end: 3 * chunk - 1 })), /lacks its chunk 1/)
  })

  it('are collected when they are garbage; the intent stays until a sweep finds nothing', async () => {
    const intents = createBlobIntents(mongo.database, pino({ level: 'silent' }))
    await intents.prepare()
    const fates: Record<string, Fate> = { kept: 'kept', garbage: 'garbage', undecided: 'undecided' }
    for (const id of Object.keys(fates)) {
      await intents.record(id, { kind: 'upload', uploadId: id })
      await blobs.write(id, inPieces(randomBytes(10)))
    }
    const sweep = createCollectorSweep({
      intents,
      blobs,
      fateOf: async ({ _id }) => fates[_id]!,
      log: pino({ level: 'silent' }),
    })
    const { signal } = new AbortController()
    const openIds = async () => (await Array.fromAsync(intents.open())).map((intent) => intent._id).toSorted()
    await sweep(signal)
    assert.equal(await blobs.stat('garbage'), null)
    assert.deepEqual(await openIds(), ['garbage', 'undecided'])
    await sweep(signal)
    assert.deepEqual(await openIds(), ['undecided'])
    assert.deepEqual(
      [await blobs.stat('kept'), await blobs.stat('undecided')],
      [{ sizeBytes: 10 }, { sizeBytes: 10 }],
    )
    await intents.reopen(['kept'])
    assert.deepEqual(await openIds(), ['kept', 'undecided'])
  })
})
