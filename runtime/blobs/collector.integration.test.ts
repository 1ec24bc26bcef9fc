import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { inPieces } from '#runtime/blobs/testing/blob-store-behaviour.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createBlobHolds } from './blob-holds.ts'
import { createBlobIntents } from './blob-intents.ts'
import { createCollectorSweep, type Fate } from './collector.ts'
import { createGridFsBlobStore } from './grid-fs-blob-store.ts'

describe('the collector', () => {
  it('removes blobs that are garbage, and their intents when a sweep finds nothing of them any more', async () => {
    await using mongo = createTestDatabase()
    const blobs = createGridFsBlobStore(mongo.database)
    await blobs.prepare()
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
      holds: createBlobHolds(mongo.database),
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

  it('removes nothing while somebody holds all blobs, and goes on when the hold is over', async () => {
    await using mongo = createTestDatabase()
    const log = pino({ level: 'silent' })
    const [blobs, intents] = [createGridFsBlobStore(mongo.database), createBlobIntents(mongo.database, log)]
    await Promise.all([blobs.prepare(), intents.prepare()])
    await intents.record('garbage', { kind: 'upload', uploadId: 'gone' })
    await blobs.write('garbage', inPieces(randomBytes(10)))
    const holds = createBlobHolds(mongo.database)
    const sweep = createCollectorSweep({ intents, blobs, holds, fateOf: async () => 'garbage', log })
    const { signal } = new AbortController()
    {
      await using _hold = await holds.take(log)
      await sweep(signal)
      assert.notEqual(await blobs.stat('garbage'), null)
    }
    await sweep(signal)
    assert.equal(await blobs.stat('garbage'), null)
  })
})
