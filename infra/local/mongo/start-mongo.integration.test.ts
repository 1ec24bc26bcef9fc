/** The MongoDB that set-up found: it keeps what it acknowledged. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Binary, MongoClient } from 'mongodb'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { setUp } from '#infra/local/machine/set-up.ts'
import { silentSteps } from '#infra/local/machine/steps.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { mountSmallDisk } from '#test/harness/small-disk.ts'
import { startMongo, type Mongo } from './start-mongo.ts'

interface Row {
  readonly _id: string
  readonly data: Binary
}

const writers = 12
/** Far more than there is time or room for. */
const mostWrites = 100_000
/** Some write a little at a time, and some a lot. */
const sizes = [
  { rows: 1, rowBytes: 16 },
  { rows: 1, rowBytes: 16 },
  { rows: 8, rowBytes: 1024 * 1024 },
] as const

/** Starts it over the same files each time. */
async function createServer(directory: string) {
  const { MONGODB_URL: _given, ...env } = process.env
  const { mongo: found } = await setUp({ env, steps: silentSteps })
  assert.ok(found.kind !== 'url')
  const ports = await openPortBook({ file: join(directory, 'ports.json'), offset: 7_000 })
  return {
    start: () => startMongo({ directory, ports, found }),
    [Symbol.asyncDispose]: () => ports[Symbol.asyncDispose](),
  }
}

/** Many writers at once until each is refused; resolves to the ids that were acknowledged. */
async function writeUntilRefused(
  mongo: Mongo,
  onWritten: (count: number) => Promise<unknown>,
): Promise<string[]> {
  const acknowledged: string[] = []
  const options = { serverSelectionTimeoutMS: 1_000, socketTimeoutMS: 10_000, retryWrites: false }
  await using client = new MongoClient(mongo.url, options)
  const write = async (writer: number) => {
    const collection = client.db('durability').collection<Row>(`rows-${writer}`)
    const { rows, rowBytes } = sizes[writer % sizes.length]!
    for (let n = 0; n < mostWrites; n++) {
      const ids = Array.from({ length: rows }, (_, row) => `${writer}/${n}/${row}`)
      const documents = ids.map((_id) => ({ _id, data: new Binary(Buffer.alloc(rowBytes)) }))
      await collection.insertMany(documents, { writeConcern: { w: 'majority' } })
      await onWritten(acknowledged.push(...ids))
    }
  }
  await Promise.allSettled(Array.from({ length: writers }, (_, writer) => write(writer)))
  return acknowledged
}

async function assertKept(mongo: Mongo, acknowledged: readonly string[]): Promise<void> {
  await using client = new MongoClient(mongo.url)
  const database = client.db('durability')
  const lost: string[] = []
  for (const _id of acknowledged) {
    const rows = database.collection<Row>(`rows-${_id.split('/')[0]}`)
    if ((await rows.findOne({ _id })) === null) lost.push(_id)
  }
  assert.deepEqual(lost, [], `of ${acknowledged.length} acknowledged writes`)
}

describe('the MongoDB of this machine', () => {
  it('has every acknowledged write after it was killed in the middle of many', async () => {
    await using directory = await createTemporaryDirectory()
    await using server = await createServer(directory.path)
    const acknowledged = await (async () => {
      await using mongo = await server.start()
      return await writeUntilRefused(mongo, async (count) => {
        if (count >= 500) await mongo.process.kill()
      })
    })()
    assert.ok(acknowledged.length >= 500)
    await using mongo = await server.start()
    await assertKept(mongo, acknowledged)
  })

  it('acknowledges no write that its full disk has no room for', async () => {
    await using disk = await mountSmallDisk(128)
    await using server = await createServer(disk.path)
    const acknowledged = await (async () => {
      await using mongo = await server.start()
      const written = await writeUntilRefused(mongo, async () => undefined)
      await mongo.process.kill()
      return written
    })()
    assert.ok(acknowledged.length > 0)
    await using mongo = await server.start()
    await assertKept(mongo, acknowledged)
  })
})
