/** How long somebody waits behind what others have ordered, with the real store. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, beforeEach, describe, it } from 'node:test'
import type { Db } from 'mongodb'
import { pino } from 'pino'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createMongoConversionStore, type MongoConversionStore } from './conversion-store.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'

describe('the turns of conversions that wait', () => {
  const databases = new AsyncDisposableStack()
  let database: Db
  let store: MongoConversionStore
  let ledger: Ledger
  /** Commands in the order in which the broker has them. */
  let commands: ConversionDocument[]
  beforeEach(async () => {
    database = databases.use(createTestDatabase()).database
    store = createMongoConversionStore(database, pino({ level: 'silent' }))
    await store.prepare()
    ledger = createLedger({ store, announce: () => undefined })
    commands = []
  })
  after(() => databases.disposeAsync())

  const order = async (ownerId: string, { minutes = 10, turnOf = ownerId } = {}) => {
    const source = { ...newConversion.source, durationMs: minutes * 60_000 }
    const queued = await ledger.enqueue({ ...newConversion, _id: randomUUID(), ownerId, source }, { turnOf })
    await store.markAnnounced(queued._id, queued.revision)
    commands.push(queued)
  }
  const orderMany = (ownerId: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => order(ownerId)))
  /** Carries out so many, one after another. @returns whose they were, in this order. */
  const work = async (count: number) => {
    const owners: string[] = []
    for (const { _id, attempt } of commands.splice(0, count)) {
      const begun = await ledger.claimNext({ conversionId: _id, attempt }, 'worker')
      assert.ok(begun)
      await ledger.apply(begun._id, { type: 'succeed', leaseId: begun.lease.id, mp3s: [], warnings: [] })
      owners.push(begun.ownerId)
    }
    return owners
  }

  it('let somebody who orders one wait behind one of each other owner at most, not behind all of them', async () => {
    for (const flooder of ['a', 'b', 'c']) await orderMany(flooder, 50)
    await work(20)
    await order('honest')
    assert.ok((await work(4)).includes('honest'))
    assert.equal((await work(200)).length, 127)
    assert.equal(await store.count({ status: 'QUEUED' }), 0)
  })

  it('are as many for each owner, however many each has waiting', async () => {
    await orderMany('a', 30)
    await orderMany('b', 10)
    const owners = await work(20)
    assert.equal(owners.filter((owner) => owner === 'b').length, 10)
  })

  it('are fewer for longer audio: who has hours converted lets many short ones pass', async () => {
    for (let index = 0; index < 3; index++) await order('long', { minutes: 600 })
    await orderMany('short', 20)
    const owners = await work(23)
    assert.ok(owners.lastIndexOf('short') < owners.indexOf('long', owners.indexOf('long') + 1))
  })

  it('are shared by accounts that take turns as one', async () => {
    for (let account = 0; account < 20; account++)
      await order(`account-${account}`, { turnOf: 'one address' })
    await order('honest')
    await order('honest')
    const owners = await work(4)
    assert.equal(owners.filter((owner) => owner === 'honest').length, 2)
  })

  it('are not saved up: who comes back after others were served takes turns with them from there', async () => {
    await orderMany('a', 5)
    await work(5)
    await orderMany('b', 2)
    await order('a')
    await orderMany('b', 2)
    assert.ok((await work(3)).includes('a'))
  })

  it('are forgotten of owners who are no farther than somebody new', async () => {
    await order('a')
    await order('b', { minutes: 600 })
    await order('b')
    await work(3)
    await store.forgetTurns()
    const left = await database.collection<{ _id: string }>('turns').find().toArray()
    assert.deepEqual(left.map(({ _id }) => _id).toSorted(), ['b', 'reached'])
  })

  it('pass over a conversion that is malformed', async () => {
    await order('a')
    await order('b')
    const malformed = commands.shift()!
    await database
      .collection<ConversionDocument>('conversions')
      .updateOne({ _id: malformed._id }, { $set: { revision: -1 } })
    assert.deepEqual(await work(1), ['b'])
  })
})
