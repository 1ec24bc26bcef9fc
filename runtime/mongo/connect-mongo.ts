/** The connection to MongoDB, with the concerns every collection of ours relies on. */
import { MongoClient, type Db } from 'mongodb'
import { keepConnected } from './keep-connected.ts'
import type { Health } from '#runtime/process/health.ts'

export interface Mongo extends AsyncDisposable {
  readonly database: Db
}

/** Does not wait for the server: operations do, for up to 5 s each, and fail while it is away. */
export function connectMongo(url: string, health?: Health): Mongo {
  const client = new MongoClient(url, {
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // A retried write could hide which of two attempts took effect; the callers find out by reading back.
    retryWrites: false,
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: 30_000,
    maxPoolSize: 50,
  })
  const database = client.db()
  health?.require('mongodb', async () => {
    await database.command({ ping: 1 }, { timeoutMS: 2_000 })
    return true
  })
  const kept = keepConnected(client)
  return {
    database,
    async [Symbol.asyncDispose]() {
      kept[Symbol.dispose]()
      await client.close()
    },
  }
}
