import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Registry } from 'prom-client'
import type { BlobStore } from './blob-store.ts'
import { countBlobBytes } from './count-blob-bytes.ts'

it('counts the bytes of blobs that were stored, and not of those that were not', async () => {
  const registry = new Registry()
  const write: BlobStore['write'] = async (id) =>
    id === 'bad' ? await Promise.reject(new Error('no room')) : { sizeBytes: 300 }
  const blobs = countBlobBytes({ write } as BlobStore, registry)
  const nothing = (async function* (): AsyncGenerator<Uint8Array> {})()
  assert.deepEqual(await blobs.write('good', nothing), { sizeBytes: 300 })
  await assert.rejects(blobs.write('bad', nothing), /no room/)
  assert.match(await registry.metrics(), /^earshot_blob_written_bytes_total 300$/m)
})
