import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Binary, type Db } from 'mongodb'
import { createGridFsBlobStore } from './grid-fs-blob-store.ts'

const mebibyte = 1024 * 1024

/** Of blobs that are as long as they are asked to be. */
function storeOfZeros() {
  const fetched: string[] = []
  const findOne = async ({ files_id: id, n }: { files_id: string; n: number }) => {
    fetched.push(`${id}/${n}`)
    return { data: new Binary(Buffer.alloc(mebibyte)) }
  }
  const store = createGridFsBlobStore({ collection: () => ({ findOne }) } as unknown as Db)
  return {
    fetched,
    read: (id: string, sizeBytes: number) => store.read(id, { start: 0, end: sizeBytes - 1 }),
  }
}

async function heldMiB(): Promise<number> {
  setFlagsFromString('--expose-gc')
  await new Promise(setImmediate)
  runInNewContext('gc')()
  return process.memoryUsage().arrayBuffers / mebibyte
}

describe('readers of blobs that do not go on', () => {
  it('hold a small part of a chunk each, however many they are', async () => {
    const { read } = storeOfZeros()
    const before = await heldMiB()
    const readers = Array.from({ length: 500 }, (_, n) => read(`b${n}`, 100 * mebibyte))
    await Promise.all(readers.map((reader) => once(reader, 'readable')))
    const held = (await heldMiB()) - before
    assert.ok(held < 150, `500 readers hold ${held} MiB`)
    for (const reader of readers) reader.destroy()
  })

  it('read a chunk once for all of them, and the next as they come to its end', async () => {
    const { fetched, read } = storeOfZeros()
    const readers = Array.from({ length: 5 }, () => read('b', 3 * mebibyte))
    const sizes = await Promise.all(
      readers.map(async (reader) => {
        let size = 0
        for await (const bytes of reader) size += (bytes as Buffer).length
        return size
      }),
    )
    assert.deepEqual(sizes, Array(5).fill(3 * mebibyte))
    assert.deepEqual(fetched, ['b/0', 'b/1', 'b/2'])
  })
})
