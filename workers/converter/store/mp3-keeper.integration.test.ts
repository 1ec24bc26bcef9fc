import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { createGridFsBlobStore, type GridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { blobBytes } from '#runtime/blobs/testing/blob-bytes.ts'
import type { BlobWriting } from '#runtime/blobs/write-registered.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createMp3Keeper } from './mp3-keeper.ts'

const { signal } = new AbortController()
const owner = { kind: 'conversion', conversionId: 'c', attempt: 1 } as const
const tags = [Buffer.from('ID3-one'), Buffer.from('ID3-two')] as const
const mp3 = (content: string) => Buffer.from(`\xff\xfb${content}`, 'latin1')

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

  /** Under ids of its own for each test. */
  function keeperOf(test: string, given: Partial<BlobWriting> = {}) {
    const written: string[] = []
    const recording: BlobWriting = {
      intents: { record: async () => undefined },
      blobs: {
        write(id, source, told) {
          written.push(id)
          return blobs.write(id, source, told)
        },
      },
    }
    const blobIdOf = (beginning: number) => `${test}.${beginning}`
    return {
      written,
      keeper: createMp3Keeper({ ...recording, ...given }, { path, blobIdOf, owner }, signal),
    }
  }
  const bytesOf = (blobId: string) => blobBytes(blobs, blobId)
  const described = (blobId: string, bytes: Buffer) => ({
    blobId,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })

  it('is written once, whether it was begun before it was finished or not', async () => {
    await writeFile(path, mp3('sound'))
    const whole = Buffer.concat([tags[0], mp3('sound')])
    for (const begun of [true, false]) {
      const { keeper, written } = keeperOf(`once-${begun}`)
      await using keeping = keeper
      if (begun) keeping.begin(tags[0])
      assert.deepEqual(await keeping.finish(tags[0]), described(`once-${begun}.1`, whole))
      assert.deepEqual(written, [`once-${begun}.1`])
      assert.deepEqual(await bytesOf(`once-${begun}.1`), whole)
    }
  })

  it('is the last one, though one before had the same tag and lay at the same place', async () => {
    const { keeper } = keeperOf('last')
    await using keeping = keeper
    await writeFile(path, Buffer.alloc(3_000_000, mp3('refused')))
    keeping.begin(tags[0])
    await writeFile(path, mp3('proven'))
    keeping.begin(tags[0])
    const whole = Buffer.concat([tags[0], mp3('proven')])
    assert.deepEqual(await keeping.finish(tags[0]), described('last.2', whole))
    assert.deepEqual(await bytesOf('last.2'), whole)
  })

  it('is kept again where the proof tells another length, so another tag', async () => {
    await writeFile(path, mp3('sound'))
    const { keeper } = keeperOf('again')
    await using keeping = keeper
    keeping.begin(tags[0])
    const whole = Buffer.concat([tags[1], mp3('sound')])
    assert.deepEqual(await keeping.finish(tags[1]), described('again.2', whole))
    assert.deepEqual(await bytesOf('again.2'), whole)
  })

  it('is given up when another is begun; nothing is being written any more when its keeper is gone', async () => {
    const log: string[] = []
    const allowed = Promise.withResolvers<void>()
    const begun = new Map(['gone.1', 'gone.2'].map((id) => [id, Promise.withResolvers<void>()]))
    const write: BlobWriting['blobs']['write'] = async (id, _source, told) => {
      told!.addEventListener('abort', () => log.push(`${id} is told`))
      begun.get(id)!.resolve()
      await allowed.promise
      log.push(`${id} has ended`)
      throw told!.reason
    }
    const { keeper } = keeperOf('gone', { blobs: { write } })
    keeper.begin(tags[0])
    await begun.get('gone.1')!.promise
    keeper.begin(tags[0])
    await begun.get('gone.2')!.promise
    assert.deepEqual(log, ['gone.1 is told'])
    const gone = keeper[Symbol.asyncDispose]().then(() => log.push('its keeper is gone'))
    await nextTurn()
    assert.deepEqual(log.slice(1), ['gone.2 is told'])
    allowed.resolve()
    await gone
    assert.deepEqual(log.slice(2), ['gone.1 has ended', 'gone.2 has ended', 'its keeper is gone'])
  })

  it('leaves what a store was in the middle of taking to be deleted, and to come no more', async () => {
    const allBegun = Promise.withResolvers<void>()
    const write: BlobWriting['blobs']['write'] = (id, _source, told) =>
      blobs.write(id, endless(allBegun.resolve), told)
    const { keeper } = keeperOf('middle', { blobs: { write } })
    keeper.begin(tags[0])
    await allBegun.promise
    await keeper[Symbol.asyncDispose]()
    assert.equal(await blobs.stat('middle.1'), null)
    assert.deepEqual([await blobs.delete('middle.1'), await blobs.delete('middle.1')], [true, false])
  })

  it('shows an error of the store to who finishes it, and to none before', async () => {
    const error = new Error('no database')
    const { keeper } = keeperOf('error', { intents: { record: () => Promise.reject(error) } })
    await using keeping = keeper
    keeping.begin(tags[0])
    await nextTurn()
    await assert.rejects(keeping.finish(tags[0]), error)
  })
})

/** Megabytes, until it is no longer read. */
async function* endless(onBegun: () => void): AsyncGenerator<Uint8Array> {
  for (let count = 0; ; count++) {
    if (count === 3) onBegun()
    yield Buffer.alloc(1024 * 1024)
  }
}
