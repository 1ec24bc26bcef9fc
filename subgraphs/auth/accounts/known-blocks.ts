/**
 * The collection `knownBlocks`: from where an account's right password came within 30 days. Whoever tries an account's
 * password from elsewhere can use up what the account allows, but keep nobody out who signs in from where they did before.
 */
import { createHash } from 'node:crypto'
import type { Db } from 'mongodb'
import { insertNew } from '#runtime/mongo/insert-new.ts'

export interface KnownBlocks {
  knows(account: string, addressBlock: string): Promise<boolean>
  remember(account: string, addressBlock: string): Promise<void>
}

export interface KnownBlockStore extends KnownBlocks {
  prepare(): Promise<void>
  removeOver(now: Date): Promise<void>
}

interface KnownBlockDocument {
  /** A hash of both: neither an address of the one kind nor of the other is kept. */
  readonly _id: string
  readonly endsAt: Date
}

const rememberedMs = 30 * 86_400_000

export function createKnownBlocks(database: Db, now: () => Date): KnownBlockStore {
  const collection = database.collection<KnownBlockDocument>('knownBlocks')
  const idOf = (account: string, addressBlock: string) =>
    createHash('sha256').update(`${account}\n${addressBlock}`).digest('base64url')
  return {
    prepare: async () => void (await collection.createIndex({ endsAt: 1 })),
    async knows(account, addressBlock) {
      const found = await collection.findOne({ _id: idOf(account, addressBlock) })
      return found !== null && found.endsAt > now()
    },
    async remember(account, addressBlock) {
      const known = { _id: idOf(account, addressBlock), endsAt: new Date(now().getTime() + rememberedMs) }
      const { matchedCount } = await collection.updateOne(
        { _id: known._id },
        { $set: { endsAt: known.endsAt } },
      )
      if (matchedCount === 0) await insertNew(collection, known)
    },
    async removeOver(before) {
      await collection.deleteMany({ endsAt: { $lt: before } })
    },
  }
}
