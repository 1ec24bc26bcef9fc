/** A fresh database for a test file, dropped at its end. */
import { randomUUID } from 'node:crypto'
import { connectMongo, type Mongo } from '#runtime/mongo/connect-mongo.ts'
import { testServer } from './environment.ts'

export interface TestDatabase extends Mongo {
  readonly url: string
}

export function createTestDatabase(): TestDatabase {
  const url = `${testServer('TEST_MONGODB_URL')}/test-${randomUUID()}`
  const mongo = connectMongo(url)
  return {
    url,
    database: mongo.database,
    async [Symbol.asyncDispose]() {
      await mongo.database.dropDatabase()
      await mongo[Symbol.asyncDispose]()
    },
  }
}
