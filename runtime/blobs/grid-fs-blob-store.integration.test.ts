import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { Binary, GridFSBucket, type ObjectId } from 'mongodb'
import { breakingOff, inPieces, itStoresBlobs } from '#runtime/blobs/testing/blob-store-behaviour.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createGridFsBlobStore } from './grid-fs-blob-store.ts'

const chunk = 1024 * 1024

describe('GridFS as a blob store', async () => {
  const mongo = createTestDatabase()
  const blobs = createGridFsBlobStore(mongo.database)
  const chunkCount = (id: string) =>
    mongo.database.collection('fs.chunks').countDocuments({ files_id: id as unknown as ObjectId })
  before(() => blobs.prepare())
  after(() => mongo[Symbol.asyncDispose]())

  itStoresBlobs(blobs, chunk)

  it('can be read by any driver’s GridFS', async () => {
    const bytes = randomBytes(2 * chunk + 5)
    await blobs.write('standard', inPieces(bytes))
    const bucket = new GridFSBucket(mongo.database)
    assert.ok((await buffer(bucket.openDownloadStream('standard' as unknown as ObjectId))).equals(bytes))
  })

  it('removes blobs to the last chunk, whole or half written', async () => {
    await blobs.write('all', inPieces(randomBytes(3 * chunk)))
    await blobs.delete('all')
    assert.equal(await chunkCount('all'), 0)
    await assert.rejects(blobs.write('some', breakingOff(6 * chunk)), /broke off/)
    assert.ok((await chunkCount('some')) > 0)
    await blobs.delete('some')
    assert.equal(await chunkCount('some'), 0)
  })

  it('finds what a deletion that broke off left, or a writer that went on after one', async () => {
    const chunks = mongo.database.collection<{ files_id: string; n: number; data: Binary }>('fs.chunks')
    await chunks.insertOne({ files_id: 'remainder', n: 500, data: new Binary(Buffer.alloc(10)) })
    assert.equal(await blobs.delete('remainder'), true)
    assert.equal(await chunkCount('remainder'), 0)
    assert.equal(await blobs.delete('remainder'), false)
  })

  it('fails to be read when a chunk is missing, rather than come back short', async () => {
    await blobs.write('holey', inPieces(randomBytes(3 * chunk)))
    await mongo.database.collection('fs.chunks').deleteOne({ files_id: 'holey' as unknown as ObjectId, n: 1 })
    await assert.rejects(buffer(blobs.read('holey', { start: 0, end: 3 * chunk - 1 })), /lacks its chunk 1/)
  })
})
