/** The MongoDB that set-up found: it keeps what it acknowledged. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { MongoClient } from 'mongodb'
import { openPortBook } from '#infra/local/ports.ts'
import { setUp } from '#infra/local/set-up.ts'
import { silentSteps } from '#infra/local/steps.ts'
import { createTemporaryDirectory } from '#infra/local/testing/temporary-directory.ts'
import { startMongo } from './start-mongo.ts'

describe('the MongoDB of this machine', () => {
  it('has every acknowledged write after it was killed in the middle of many', async () => {
    const { MONGODB_URL: _given, ...env } = process.env
    const { mongo: found } = await setUp({ env, steps: silentSteps })
    assert.ok(found.kind !== 'url')
    await using directory = await createTemporaryDirectory()
    const file = join(directory.path, 'ports.json')
    await using ports = await openPortBook({ file, offset: 7_000 })
    const start = () => startMongo({ directory: directory.path, ports, found })

    const acknowledged: number[] = []
    {
      await using mongo = await start()
      await using client = new MongoClient(mongo.url, { serverSelectionTimeoutMS: 1_000, retryWrites: false })
      const numbers = client.db('durability').collection<{ _id: number }>('numbers')
      const write = async (id: number) => {
        await numbers.insertOne({ _id: id }, { writeConcern: { w: 'majority' } })
        acknowledged.push(id)
        if (acknowledged.length === 500) await mongo.process.kill()
      }
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; ; n++) await write(n * 8 + writer)
      })
      await Promise.allSettled(writers)
    }
    assert.ok(acknowledged.length >= 500)

    await using mongo = await start()
    await using client = new MongoClient(mongo.url)
    const stored = client.db('durability').collection<{ _id: number }>('numbers')
    const kept = await stored.countDocuments({ _id: { $in: acknowledged } })
    assert.equal(kept, acknowledged.length)
  })
})
