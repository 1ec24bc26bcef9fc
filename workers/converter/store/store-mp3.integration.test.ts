import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import type { BlobWriting } from '#runtime/blobs/write-registered.ts'
import { storeMp3 } from './store-mp3.ts'

const { signal } = new AbortController()
const owner = { kind: 'conversion', conversionId: 'c', attempt: 1 } as const
const [tag, frames] = [Buffer.from('ID3-ours'), Buffer.from('\xff\xfbframes', 'latin1')]
/** Of five bytes after its header. */
const ffmpegsTag = Buffer.from('494433040000000000050102030405', 'hex')

describe('an MP3 that is kept', () => {
  let directory: TemporaryDirectory
  let path = ''
  before(async () => {
    directory = await createTemporaryDirectory()
    path = join(directory.path, 'output.mp3')
    await writeFile(path, Buffer.concat([ffmpegsTag, frames]))
  })
  after(() => directory[Symbol.asyncDispose]())

  function store(calls: unknown[]): BlobWriting {
    return {
      intents: { record: async (...given) => void calls.push(['intent', ...given]) },
      blobs: {
        async write(id, source, told) {
          const bytes = Buffer.concat(await Array.fromAsync(source))
          calls.push(['write', id, bytes, told])
          return { sizeBytes: bytes.length }
        },
      },
    }
  }

  it('is its tag and its frames, described by what was kept, and intended before the first byte', async () => {
    const calls: unknown[] = []
    const kept = await storeMp3(store(calls), { path, tag, blobId: 'c.1', owner }, signal)
    const whole = Buffer.concat([tag, frames])
    assert.deepEqual(calls, [
      ['intent', 'c.1', owner],
      ['write', 'c.1', whole, signal],
      ['intent', 'c.1', owner],
    ])
    const sha256 = createHash('sha256').update(whole).digest('hex')
    assert.deepEqual(kept, { blobId: 'c.1', sizeBytes: whole.length, sha256 })
  })

  it('is not written when its intent could not be', async () => {
    const calls: unknown[] = []
    const error = new Error('no database')
    const dependencies = { ...store(calls), intents: { record: () => Promise.reject(error) } }
    await assert.rejects(storeMp3(dependencies, { path, tag, blobId: 'c.1', owner }, signal), error)
    assert.deepEqual(calls, [])
  })
})
