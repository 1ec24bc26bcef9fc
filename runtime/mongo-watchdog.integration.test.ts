/** A connection to MongoDB that broke in the one way after which the driver hangs for ever. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { watchHeartbeats } from '#runtime/mongo-watchdog.ts'
import { createTcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'

it('a client whose monitor hangs comes back by itself', async () => {
  await using database = createTestDatabase()
  await using proxy = await createTcpProxy(database.url)
  const client = new MongoClient(`${proxy.url}?directConnection=true`, { serverSelectionTimeoutMS: 1_000 })
  using _watch = watchHeartbeats(client, 2_000)
  try {
    const collection = client.db().collection('anything')
    await collection.findOne({})
    proxy.loseReplies()
    const lost = client.db().command({ ping: 1 })
    const refused = assert.rejects(lost)
    // The driver's monitor asks every half second at most: sooner, it would see its own connection end in time.
    await delay(600)
    proxy.cut()
    await refused
    for (;;) {
      const answered = await collection.findOne({}).then(
        () => true,
        () => false,
      )
      if (answered) break
    }
  } finally {
    await client.close()
  }
})
