import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import type { BlobStore, ByteRange } from '#runtime/blobs/blob-store.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { fetchBlob } from './fetch-blob.ts'

const { signal } = new AbortController()

describe('a blob that is fetched', () => {
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  const blobs = (read: (range: ByteRange) => Readable): Pick<BlobStore, 'stat' | 'read'> => ({
    stat: async (id) => (id === 'there' ? { sizeBytes: 6 } : null),
    read: (_id, range) => read(range),
  })

  it('is a file of all its bytes', async () => {
    const bytes = Buffer.from('abcdef')
    const whole = blobs(({ start, end }) => Readable.from([bytes.subarray(start, end + 1)]))
    const path = join(directory.path, 'whole')
    await fetchBlob(whole, 'there', path, signal)
    assert.deepEqual(await readFile(path), bytes)
    assert.equal((await stat(path)).mode & 0o777, 0o400, 'and nobody writes to it')
  })

  it('is gone when the store has none, and nothing is read', () =>
    assert.rejects(
      fetchBlob(
        blobs(() => assert.fail('read')),
        'elsewhere',
        join(directory.path, 'none'),
        signal,
      ),
      { code: 'SOURCE_EXPIRED' },
    ))

  it('fails as the store does', () => {
    const error = new Error('a piece is missing')
    const broken = () =>
      new Readable({
        read: function () {
          this.destroy(error)
        },
      })
    return assert.rejects(fetchBlob(blobs(broken), 'there', join(directory.path, 'broken'), signal), error)
  })

  it('is waited for no longer than it is wanted', async () => {
    const stop = new AbortController()
    let stream: Readable | undefined
    const silent = () => (stream = new Readable({ read: () => stop.abort(new Error('stopped')) }))
    await assert.rejects(fetchBlob(blobs(silent), 'there', join(directory.path, 'silent'), stop.signal), {
      name: 'AbortError',
    })
    assert.ok(stream!.destroyed)
  })
})
