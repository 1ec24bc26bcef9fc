import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { connectRawBroker, type RawBroker } from '#runtime/rabbit/testing/raw-broker.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'
import { createConversionOutbox, type ConversionOutbox } from './conversion-outbox.ts'
import { createMongoConversionStore, type ConversionStore } from './conversion-store.ts'
import { createLedger } from './ledger.ts'
import { claim, queuedConversion } from '#ledger/testing/sample-records.ts'

describe('a conversion that was put back under another list of delays', () => {
  const log = pino({ level: 'silent' })
  const resources = new AsyncDisposableStack()
  let mongo: TestDatabase
  let store: ConversionStore
  let outbox: ConversionOutbox
  let broker: RawBroker
  before(async () => {
    mongo = resources.use(createTestDatabase())
    store = createMongoConversionStore(mongo.database, log)
    const vhost = resources.use(await createTestVhost())
    const rabbit = resources.use(await connectRabbit(vhost.url, log))
    const publisher = resources.use(await createPublisher(rabbit))
    outbox = resources.use(createConversionOutbox({ store, publisher, log }))
    broker = resources.use(await connectRawBroker(vhost.url))
  })
  after(() => resources.disposeAsync())

  /** As a process of another release left it. */
  const leave = async (retryDelayMs: number) => {
    const _id = randomUUID()
    const stored = { ...queuedConversion, _id, retryDelayMs }
    await mongo.database.collection<{ _id: string }>('conversions').insertOne(stored)
    return _id
  }

  for (const [retryDelayMs, queue] of [
    [1, 'convert.retry.5s'],
    [7_000, 'convert.retry.30s'],
    [30_000, 'convert.retry.30s'],
    [3_600_000, 'convert.retry.300s'],
  ] as const) {
    it(`after ${retryDelayMs} ms is read, waits in ${queue}, and can be claimed`, async () => {
      const id = await leave(retryDelayMs)
      const record = await store.read(id)
      assert.ok(record?.status === 'QUEUED')
      assert.equal(record.retryDelayMs, retryDelayMs)
      await outbox.announceNow(record)
      assert.deepEqual(JSON.parse((await broker.next(queue)).body), { conversionId: id, attempt: 0 })
      assert.equal((await store.read(id))?.announce, 'done')
      const ledger = createLedger({ store, announce: () => undefined })
      assert.equal((await ledger.apply(id, claim(0))).ok, true)
    })
  }
})
