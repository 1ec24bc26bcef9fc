/** What our code relies on of any MongoDB: whichever server was found must pass. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Binary } from 'mongodb'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { insertNew } from './insert-new.ts'

interface Row {
  _id: string
  n?: number
  revision?: number
  status?: string
  lease?: { id: string; beat: number } | null
  list?: { id: string }[]
  at?: Date
  data?: Binary
  email?: string
}

describe('the database', async () => {
  const { database, ...mongo } = createTestDatabase()
  after(() => mongo[Symbol.asyncDispose]())
  let collections = 0
  const fresh = () => database.collection<Row>(`rows-${collections++}`)
  const many = <T>(count: number, make: (index: number) => Promise<T>) =>
    Promise.allSettled(Array.from({ length: count }, (_, index) => make(index)))

  it('lets one of many inserts under an id win, and tells the others so', async () => {
    const rows = fresh()
    const inserted = await Promise.all(
      Array.from({ length: 20 }, (_, n) => insertNew(rows, { _id: 'same', n })),
    )
    assert.equal(inserted.filter(Boolean).length, 1)
  })

  it('keeps a unique index under concurrent inserts', async () => {
    const rows = fresh()
    await rows.createIndex({ email: 1 }, { unique: true })
    const inserted = await Promise.all(
      Array.from({ length: 20 }, (_, n) => insertNew(rows, { _id: String(n), email: 'a@example.com' })),
    )
    assert.equal(inserted.filter(Boolean).length, 1)
  })

  it('lets one of many replacements at a revision win', async () => {
    const rows = fresh()
    await rows.insertOne({ _id: 'a', revision: 1 })
    const results = await many(20, (n) => rows.replaceOne({ _id: 'a', revision: 1 }, { revision: 2, n }))
    const won = results.filter((result) => result.status === 'fulfilled' && result.value.matchedCount === 1)
    assert.equal(won.length, 1)
    assert.equal((await rows.findOne({ _id: 'a' }))?.revision, 2)
  })

  it('updates a nested field only where every condition holds', async () => {
    const rows = fresh()
    await rows.insertOne({ _id: 'a', status: 'RUNNING', lease: { id: 'mine', beat: 1 } })
    const beat = (id: string, status: string) =>
      rows.updateOne({ _id: 'a', status, 'lease.id': id }, { $set: { 'lease.beat': 2 } })
    assert.equal((await beat('theirs', 'RUNNING')).matchedCount, 0)
    assert.equal((await beat('mine', 'QUEUED')).matchedCount, 0)
    assert.equal((await beat('mine', 'RUNNING')).matchedCount, 1)
    assert.deepEqual((await rows.findOne({ _id: 'a' }))?.lease, { id: 'mine', beat: 2 })
  })

  it('reads at once what it has acknowledged, also under load', async () => {
    const rows = fresh()
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        await rows.insertOne({ _id: String(n), n: 1 + n })
        assert.equal((await rows.findOne({ _id: String(n) }))?.n, 1 + n)
        await rows.updateOne({ _id: String(n) }, { $set: { n: -1 - n } })
        assert.equal((await rows.findOne({ _id: String(n) }))?.n, -1 - n)
      }),
    )
  })

  it('gives dates, bytes, nulls and large whole numbers back as they were', async () => {
    const rows = fresh()
    const row: Row = {
      _id: 'a',
      at: new Date(1_700_000_000_123),
      data: new Binary(Buffer.from([0, 255, 1])),
      lease: null,
      n: 2 ** 53 - 1,
    }
    await rows.insertOne(row)
    const found = await rows.findOne({ _id: 'a' })
    assert.deepEqual(found?.at, row.at)
    assert.equal(Buffer.from(found!.data!.buffer).toString('hex'), '00ff01')
    assert.equal(found?.lease, null)
    assert.equal(found?.n, 2 ** 53 - 1)
  })

  it('sorts, limits and continues after a place', async () => {
    const rows = fresh()
    await rows.insertMany(
      Array.from({ length: 30 }, (_, n) => ({
        _id: `i${String(n).padStart(2, '0')}`,
        at: new Date(1e12 + (n >> 1)),
      })),
    )
    const at = new Date(1e12 + 5)
    const page = rows.find(
      { $or: [{ at: { $lt: at } }, { at, _id: { $lt: 'i11' } }] },
      { sort: { at: -1, _id: -1 }, limit: 3 },
    )
    assert.deepEqual(
      (await page.toArray()).map((row) => row._id),
      ['i10', 'i09', 'i08'],
    )
  })

  it('gives a long result in batches', async () => {
    const rows = fresh()
    await rows.insertMany(Array.from({ length: 2_500 }, (_, n) => ({ _id: String(n), n })))
    let count = 0
    for await (const row of rows.find({}).batchSize(100)) if (row.n !== undefined) count++
    assert.equal(count, 2_500)
  })

  it('takes documents of 15 MB', async () => {
    const rows = fresh()
    await rows.insertOne({ _id: 'a', data: new Binary(Buffer.alloc(15 * 1024 * 1024, 7)) })
    assert.equal((await rows.findOne({ _id: 'a' }))?.data?.length(), 15 * 1024 * 1024)
  })

  it('deletes many single documents in one round trip', async () => {
    const rows = fresh()
    await rows.insertMany(Array.from({ length: 10 }, (_, n) => ({ _id: String(n) })))
    const operations = Array.from({ length: 64 }, (_, n) => ({ deleteOne: { filter: { _id: String(n) } } }))
    assert.equal((await rows.bulkWrite(operations, { ordered: false })).deletedCount, 10)
  })

  it('raises several numbers at once, and only while all of them keep their limits', async () => {
    const rows = fresh()
    await rows.insertOne({ _id: 'day', n: 0, revision: 0 })
    const raised = await many(30, (index) =>
      rows.updateOne(
        { _id: 'day', n: { $lte: 8 }, revision: { $lte: 99 } },
        { $inc: { n: 2, revision: index % 2 } },
      ),
    )
    const matched = raised.map((each) => (each.status === 'fulfilled' ? each.value.matchedCount : 0))
    assert.equal(matched.filter((count) => count === 1).length, 5)
    assert.equal((await rows.findOne({ _id: 'day' }))?.n, 10)
  })

  it('counts and sums what fits a filter', async () => {
    const rows = fresh()
    await rows.insertMany(['a', 'b', 'c'].map((_id, n) => ({ _id, n, status: n === 0 ? 'out' : 'in' })))
    const group = { _id: null, count: { $sum: 1 }, n: { $sum: '$n' } }
    const sums = (status: string) => rows.aggregate([{ $match: { status } }, { $group: group }]).toArray()
    assert.deepEqual(await sums('in'), [{ _id: null, count: 2, n: 3 }])
    assert.deepEqual(await sums('nothing'), [])
  })

  it('adds to a list, takes from it, and tells when it is empty', async () => {
    const rows = fresh()
    await rows.insertOne({ _id: 'a', list: [{ id: '1' }] })
    await rows.updateOne({ _id: 'a' }, { $push: { list: { id: '2' } }, $set: { status: 'pending' } })
    await rows.updateOne({ _id: 'a' }, { $pull: { list: { id: '1' } } })
    assert.equal(
      (await rows.updateOne({ _id: 'a', list: { $size: 0 } }, { $set: { status: 'done' } })).matchedCount,
      0,
    )
    await rows.updateOne({ _id: 'a' }, { $pull: { list: { id: '2' } } })
    assert.equal(
      (await rows.updateOne({ _id: 'a', list: { $size: 0 } }, { $set: { status: 'done' } })).matchedCount,
      1,
    )
    assert.deepEqual(await rows.findOne({ _id: 'a' }), { _id: 'a', list: [], status: 'done' })
  })
})
