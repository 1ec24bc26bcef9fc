import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createMongoConversionStore, type ConversionQuery } from './conversion-store.ts'
import { createLedger } from './ledger.ts'
import {
  after as step,
  claim,
  conversionIn,
  mp3,
  newConversion,
  queuedConversion,
} from '#ledger/testing/sample-records.ts'

describe('conversions in the database', async () => {
  const mongo = createTestDatabase()
  const store = createMongoConversionStore(mongo.database, pino({ level: 'silent' }))
  const ledger = createLedger({ store, announce: () => undefined })
  before(() => store.prepare())
  after(() => mongo[Symbol.asyncDispose]())

  const enqueue = async () => await ledger.enqueue({ ...newConversion, _id: randomUUID() })
  const running = async () => {
    const { _id } = await enqueue()
    await ledger.apply(_id, claim(0))
    return _id
  }
  const readConversion = async (id: string) => {
    const record = await store.read(id)
    assert.ok(record && record.status !== 'DELETED')
    return record
  }
  const progress = { percent: 50, speed: 20.5, etaMs: 1_000 }

  it('come back as they were, in every state', async () => {
    const first = conversionIn('RUNNING', { _id: randomUUID() })
    await store.insert(first)
    assert.deepEqual(await store.read(first._id), first)
    const last = step(
      first,
      { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] },
      { type: 'delete' },
    )
    assert.equal(await store.replace(first.revision, last), true)
    assert.deepEqual(await store.read(first._id), last)
  })

  it('keep what a newer version of ours has added to them, from their claim to their end', async () => {
    const added = { since: new Date(7), list: [{ deep: 1 }] }
    const newer = {
      ...queuedConversion,
      _id: randomUUID(),
      added,
      source: { ...newConversion.source, added },
    }
    await mongo.database.collection<typeof newer>('conversions').insertOne(newer)
    await ledger.apply(newer._id, claim(0))
    await ledger.apply(newer._id, { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] })
    const stored = await mongo.database.collection<typeof newer>('conversions').findOne({ _id: newer._id })
    assert.deepEqual([stored?.added, stored?.source.added, stored?.status], [added, added, 'SUCCEEDED'])
    // Whatever it is that was added, nobody's data outlives its deletion.
    await ledger.apply(newer._id, { type: 'delete' })
    const left = await mongo.database.collection<typeof newer>('conversions').findOne({ _id: newer._id })
    assert.deepEqual([left?.added, left?.source], [undefined, undefined])
  })

  it('hold nobody up that are in a state which only a newer version of ours knows', async () => {
    const ownerId = randomUUID()
    const own = { ...queuedConversion, ownerId, announce: 'done' as const, turn: 0, createdAt: new Date(0) }
    const newer = { ...own, _id: randomUUID(), events: [{ ...own.events[0], type: 'PAUSED' }] }
    await mongo.database.collection<typeof newer>('conversions').insertOne(newer)
    const known = { ...own, _id: randomUUID(), createdAt: new Date(1) }
    await store.insert(known)
    assert.equal((await store.nextReady())?._id, known._id)
    const swept = await Array.fromAsync(store.each({ ownerId, status: 'QUEUED' }))
    assert.deepEqual(
      swept.map(({ _id }) => _id),
      [known._id],
    )
    await assert.rejects(ledger.apply(newer._id, claim(0)), /malformed/)
    const stored = await mongo.database.collection<typeof newer>('conversions').findOne({ _id: newer._id })
    assert.deepEqual(stored, newer)
    for (const { _id } of [newer, known])
      await mongo.database.collection<{ _id: string }>('conversions').deleteOne({ _id })
  })

  it('are inserted once, however many try at once', async () => {
    const _id = randomUUID()
    const made = await Promise.all(
      Array.from({ length: 20 }, () => ledger.enqueue({ ...newConversion, _id })),
    )
    assert.equal(new Set(made.map((one) => one.events[0]!.writeId)).size, 1)
  })

  it('are claimed by one of twenty workers', async () => {
    const { _id } = await enqueue()
    const claims = Array.from({ length: 20 }, (_, index) => ledger.apply(_id, claim(0, `lease-${index}`)))
    const winners = (await Promise.all(claims)).filter((applied) => applied.ok)
    assert.equal(winners.length, 1)
    assert.deepEqual((await store.read(_id))?.revision, 2)
  })

  it('finish once, whoever comes at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const _id = await running()
      const applied = await Promise.all([
        ledger.apply(_id, { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] }),
        ledger.apply(_id, { type: 'cancel' }),
        ledger.apply(_id, { type: 'evict', revision: 2, leaseId: 'lease-1', beat: 0 }),
      ])
      const record = await readConversion(_id)
      const sequences = record.events.map((event) => event.sequence)
      assert.deepEqual(
        sequences,
        [...sequences.keys()].map((index) => index + 1),
      )
      assert.equal(record.events.filter((event) => event.type === event.status).length, 1)
      assert.equal(record.revision, 2 + applied.filter((one) => one.ok).length)
    }
  })

  it('are kept by a beat of the lease that holds them, and of no other', async () => {
    const _id = await running()
    assert.equal(await ledger.beat(_id, 'lease-1', 1, progress), true)
    assert.equal(await ledger.beat(_id, 'lease-0', 2, null), false)
    const record = await readConversion(_id)
    assert.deepEqual([record.lease?.beat, record.progress, record.revision], [1, progress, 2])
    await ledger.apply(_id, { type: 'cancel' })
    assert.equal(await ledger.beat(_id, 'lease-1', 3, progress), false)
    assert.equal((await readConversion(_id)).lease, null)
  })

  it('are not evicted by who has not seen the last beat', async () => {
    const _id = await running()
    const seen = await readConversion(_id)
    const evicted = step(seen, { type: 'evict', revision: 2, leaseId: 'lease-1', beat: 0 })
    await ledger.beat(_id, 'lease-1', 1, null)
    assert.equal(await store.replace(2, evicted, 0), false)
    assert.equal(await store.replace(2, evicted, 1), true)
  })

  it('stay pending when a newer revision came before the mark', async () => {
    const { _id } = await enqueue()
    await ledger.apply(_id, { type: 'cancel' })
    await store.markAnnounced(_id, 1)
    assert.equal((await store.read(_id))?.announce, 'pending')
    await store.markAnnounced(_id, 2)
    assert.equal((await store.read(_id))?.announce, 'done')
  })

  it('are removed only as they were last seen', async () => {
    const { _id } = await enqueue()
    await store.remove(_id, 7)
    assert.notEqual(await store.read(_id), null)
    await store.remove(_id, 1)
    assert.equal(await store.read(_id), null)
  })

  it('are found by status and by pending announcement', async () => {
    const { _id } = await enqueue()
    const idsOf = async (query: ConversionQuery) =>
      (await Array.fromAsync(store.each(query))).map((record) => record._id)
    assert.ok((await idsOf({ status: 'QUEUED' })).includes(_id))
    assert.ok(!(await idsOf({ status: 'RUNNING' })).includes(_id))
    assert.ok((await idsOf({ announce: 'pending' })).includes(_id))
    await store.markAnnounced(_id, 1)
    assert.ok(!(await idsOf({ announce: 'pending' })).includes(_id))
  })

  it('are counted as they are found', async () => {
    const countBefore = await store.count({ status: 'QUEUED' })
    await enqueue()
    assert.equal(await store.count({ status: 'QUEUED' }), countBefore + 1)
  })

  it('tell since when the oldest of those waits that are queued', async () => {
    const [older, oldest] = [new Date('2020-01-02'), new Date('2020-01-01')]
    await store.insert({ ...queuedConversion, _id: randomUUID(), createdAt: older })
    await store.insert({ ...conversionIn('RUNNING', { _id: randomUUID() }), createdAt: oldest })
    assert.deepEqual(await store.oldestQueued(), older)
    await using empty = createTestDatabase()
    const none = createMongoConversionStore(empty.database, pino({ level: 'silent' }))
    await none.prepare()
    assert.equal(await none.oldestQueued(), null)
  })

  it('are found past one that is malformed', async () => {
    const ownerId = randomUUID()
    for (const name of ['a', 'b', 'c'])
      await store.insert({ ...queuedConversion, _id: `${ownerId}-${name}`, ownerId })
    await mongo.database
      .collection<ConversionDocument>('conversions')
      .updateOne({ _id: `${ownerId}-b` }, { $set: { revision: -1 } })
    const all = await Array.fromAsync(store.each({ status: 'QUEUED' }))
    const mine = all.filter((record) => record.ownerId === ownerId)
    assert.deepEqual(new Set(mine.map((record) => record._id.at(-1))), new Set(['a', 'c']))
    const page = await store.page({ ownerId, statuses: ['QUEUED'], before: null, limit: 2 })
    assert.deepEqual(
      page.map((record) => record._id.at(-1)),
      ['c', 'a'],
    )
    await assert.rejects(store.read(`${ownerId}-b`), (error: Error) => {
      assert.equal(error.name, 'MalformedDocumentError')
      assert.match(String(error.cause), /revision/)
      return true
    })
  })

  it('owe a mail until it is paid, and no other', async () => {
    const _id = await running()
    await ledger.apply(_id, { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] })
    const owing = async () =>
      (await Array.fromAsync(store.each({ owes: 'mail' }))).map((record) => record._id)
    assert.ok((await owing()).includes(_id))
    await store.markPaid(_id, 'mail')
    assert.ok(!(await owing()).includes(_id))
    assert.deepEqual((await readConversion(_id)).owes, [])
  })

  it('are listed for their owner newest first, in pages without gap or repetition', async () => {
    const ownerId = randomUUID()
    // Several of the same millisecond, so that the id must decide.
    for (let index = 0; index < 7; index++) {
      const createdAt = new Date(1_000_000 + Math.floor(index / 3))
      await store.insert({ ...queuedConversion, _id: `${ownerId}-${index}`, ownerId, createdAt })
    }
    const seen: string[] = []
    let place: { createdAt: Date; id: string } | null = null
    for (;;) {
      const page: ConversionDocument[] = await store.page({
        ownerId,
        statuses: ['QUEUED'],
        before: place,
        limit: 2,
      })
      seen.push(...page.map((one) => one._id.at(-1)!))
      const last = page.at(-1)
      if (!last) break
      place = { createdAt: last.createdAt, id: last._id }
      // What is new comes before the first page and moves no later one.
      await store.insert({ ...queuedConversion, _id: randomUUID(), ownerId, createdAt: new Date(2_000_000) })
    }
    assert.deepEqual(seen, ['6', '5', '4', '3', '2', '1', '0'])
    assert.deepEqual(await store.page({ ownerId, statuses: ['FAILED'], before: null, limit: 9 }), [])
  })
})
