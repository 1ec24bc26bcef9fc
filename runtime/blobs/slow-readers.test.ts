import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { Binary, type Db } from 'mongodb'
import { createGridFsBlobStore } from './grid-fs-blob-store.ts'

const chunkBytes = 1024 * 1024

describe('a reader of a blob that does not go on', () => {
  it('holds two chunks at most, however long the blob is', async () => {
    let fetched = 0
    const findOne = async () => {
      fetched += 1
      return { data: new Binary(Buffer.alloc(chunkBytes)) }
    }
    const database = { collection: () => ({ findOne }) } as unknown as Db
    const bytes = createGridFsBlobStore(database).read('b', { start: 0, end: 100 * chunkBytes - 1 })
    for (const allowed of [2, 3, 4]) {
      await once(bytes, 'readable')
      assert.equal((bytes.read() as Buffer).length, chunkBytes)
      assert.ok(fetched <= allowed, `${fetched} chunks were fetched`)
    }
    bytes.destroy()
  })
})
