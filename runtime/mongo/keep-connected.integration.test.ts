/** Connections to MongoDB after which the driver alone would never come back. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { keepConnected } from './keep-connected.ts'
import { createTcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'

async function untilAnswered(client: MongoClient): Promise<void> {
  const ask = async () => {
    await client.db().collection('anything').findOne({})
    return true
  }
  await waitUntil('the database answers', ask)
}

const timeout = 60_000

it('a client that starts before its server gets to it later', { timeout }, async () => {
  await using database = createTestDatabase()
  await using proxy = await createTcpProxy(database.url)
  proxy.takeAway()
  await using client = new MongoClient(`${proxy.url}?directConnection=true`, {
    serverSelectionTimeoutMS: 200,
  })
  using _kept = keepConnected(client)
  await assert.rejects(client.db().command({ ping: 1 }))
  proxy.bringBack()
  await untilAnswered(client)
})

it('a client whose monitor hangs comes back by itself', { timeout }, async () => {
  await using database = createTestDatabase()
  await using proxy = await createTcpProxy(database.url)
  await using client = new MongoClient(`${proxy.url}?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
  })
  using _kept = keepConnected(client, 2_000)
  await untilAnswered(client)
  proxy.loseReplies()
  const lost = client.db().command({ ping: 1 })
  const refused = assert.rejects(lost)
  // The driver's monitor asks every half second at most: sooner, it would see its own connection end in time.
  await delay(600)
  proxy.cut()
  await refused
  await untilAnswered(client)
})
