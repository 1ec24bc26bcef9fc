import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createBlobIntents, type BlobIntents } from './blob-intents.ts'
import { createCollectorSweep } from './collector.ts'
import { createGridFsBlobStore, type GridFsBlobStore } from './grid-fs-blob-store.ts'
import { writeRegistered } from './write-registered.ts'

const log = pino({ level: 'silent' })
const { signal } = new AbortController()
const owner = { kind: 'conversion', conversionId: 'c', attempt: 1 } as const

describe('a blob that is registered while it is written', () => {
  const owned = new AsyncDisposableStack()
  const { database } = owned.use(createTestDatabase())
  let blobs: GridFsBlobStore
  let intents: BlobIntents
  let sweep: () => Promise<void>
  before(async () => {
    blobs = createGridFsBlobStore(database)
    intents = createBlobIntents(database, log)
    await Promise.all([blobs.prepare(), intents.prepare()])
    const holds = { areTaken: async () => false }
    const collect = createCollectorSweep({ intents, blobs, holds, fateOf: async () => 'garbage', log })
    sweep = () => collect(signal)
  })
  after(() => owned.disposeAsync())
  const open = async () => (await Array.fromAsync(intents.open())).map(({ _id }) => _id)

  it('is registered before its first byte', async () => {
    const seen: string[][] = []
    const bytes = async function* () {
      seen.push(await open())
      yield Buffer.from('bytes')
    }
    const stat = await writeRegistered({ blobs, intents }, { blobId: 'first', owner }, bytes, signal)
    assert.deepEqual([stat, seen], [{ sizeBytes: 5 }, [['first']]])
    await sweep()
    await sweep()
  })

  for (const [what, breaksOff] of [
    ['written', false],
    ['broken off', true],
  ] as const) {
    it(`is found by sweeps when it is ${what} after one that had forgotten it`, async () => {
      const bytes = async function* () {
        await sweep()
        assert.deepEqual(await open(), [])
        for (let count = 0; count < 6; count++) yield Buffer.alloc(1024 * 1024)
        if (breaksOff) throw new Error('broken off')
      }
      const writing = writeRegistered({ blobs, intents }, { blobId: what, owner }, bytes, signal)
      if (breaksOff) await assert.rejects(writing, /broken off/)
      else await writing
      assert.deepEqual(await open(), [what])
      await sweep()
      assert.equal(await database.collection('fs.chunks').countDocuments(), 0)
      await sweep()
      assert.deepEqual(await open(), [])
    })
  }
})
