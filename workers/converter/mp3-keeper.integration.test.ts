import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createGridFsBlobStore, type GridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createMp3Keeper, type Mp3KeeperDependencies } from './mp3-keeper.ts'

const { signal } = new AbortController()
const owner = { kind: 'conversion', conversionId: 'c', attempt: 1 } as const
const tags = [Buffer.from('ID3-one'), Buffer.from('ID3-two')] as const
const blobId = 'c.1'

describe('an MP3 kept while it is being proven', () => {
  const owned = new AsyncDisposableStack()
  const { database } = owned.use(createTestDatabase())
  let blobs: GridFsBlobStore
  let path: string
  before(async () => {
    blobs = createGridFsBlobStore(database)
    await blobs.prepare()
    path = join(owned.use(await createTemporaryDirectory()).path, 'output.mp3')
  })
  after(() => owned.disposeAsync())

  let written: Buffer[]
  beforeEach(async () => {
    written = []
    await blobs.delete(blobId)
  })
  const stores: Mp3KeeperDependencies = {
    intents: { record: async () => undefined },
    blobs: {
      async write(id, source, told) {
        const stat = await blobs.write(id, source, told)
        written.push(await kept())
        return stat
      },
      delete: (id) => blobs.delete(id),
    },
  }
  const keeper = (given: Partial<Mp3KeeperDependencies> = {}) =>
    createMp3Keeper({ ...stores, ...given }, { path, blobId, owner }, signal)
  const mp3 = (content: string) => Buffer.from(`\xff\xfb${content}`, 'latin1')
  async function kept(): Promise<Buffer> {
    const { sizeBytes } = (await blobs.stat(blobId))!
    return await buffer(blobs.read(blobId, { start: 0, end: sizeBytes - 1 }))
  }
  const described = (bytes: Buffer) => ({
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })

  it('is written once, whether it was begun before it was finished or not', async () => {
    for (const begunBefore of [true, false]) {
      await writeFile(path, mp3('sound'))
      await using keeping = keeper()
      if (begunBefore) keeping.begin(tags[0])
      const whole = Buffer.concat([tags[0], mp3('sound')])
      assert.deepEqual(await keeping.finish(tags[0]), described(whole))
      assert.deepEqual(written, [whole])
      await blobs.delete(blobId)
      written = []
    }
  })

  it('is replaced by one that a safer path made, though its tag is the same', async () => {
    await using keeping = keeper()
    await writeFile(path, Buffer.alloc(3_000_000, mp3('refused')))
    keeping.begin(tags[0])
    await keeping.finish(tags[0])
    await writeFile(path, mp3('proven'))
    keeping.begin(tags[0])
    const whole = Buffer.concat([tags[0], mp3('proven')])
    assert.deepEqual(await keeping.finish(tags[0]), described(whole))
    assert.deepEqual(await kept(), whole)
  })

  it('is kept again where the proof tells another length, so another tag', async () => {
    await writeFile(path, mp3('sound'))
    await using keeping = keeper()
    keeping.begin(tags[0])
    const whole = Buffer.concat([tags[1], mp3('sound')])
    assert.deepEqual(await keeping.finish(tags[1]), described(whole))
    assert.deepEqual(await kept(), whole)
  })

  /** A store that takes bytes for ever, until it is told to stop. */
  const endless = () => {
    const begun = Promise.withResolvers<void>()
    const ended: string[] = []
    const write: Mp3KeeperDependencies['blobs']['write'] = async (id, _source, told) => {
      begun.resolve()
      await once(told!, 'abort')
      ended.push(id)
      throw told!.reason
    }
    return { write, begun: begun.promise, ended }
  }

  it('is no longer being written once its keeper is gone', async () => {
    const { write, begun, ended } = endless()
    {
      await using keeping = keeper({ blobs: { ...stores.blobs, write } })
      keeping.begin(tags[0])
      await begun
    }
    assert.deepEqual(ended, [blobId])
  })

  it('takes the place of another only when that one is no longer being written', async () => {
    await writeFile(path, mp3('proven'))
    const first = endless()
    let writes = 0
    const write: Mp3KeeperDependencies['blobs']['write'] = async (...given) =>
      writes++ === 0 ? await first.write(...given) : await stores.blobs.write(...given)
    await using keeping = keeper({ blobs: { ...stores.blobs, write } })
    keeping.begin(tags[0])
    await first.begun
    keeping.begin(tags[0])
    await keeping.finish(tags[0])
    assert.deepEqual([first.ended, writes], [[blobId], 2])
  })

  it('shows an error of the store to who finishes it, and to none before', async () => {
    const error = new Error('no database')
    await using keeping = keeper({ intents: { record: () => Promise.reject(error) } })
    keeping.begin(tags[0])
    await assert.rejects(keeping.finish(tags[0]), error)
  })
})
