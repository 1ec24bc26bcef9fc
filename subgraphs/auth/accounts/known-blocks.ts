/**
 * The collection `knownBlocks`: from where an account's right password came within 30 days. Whoever tries an account's
 * password from elsewhere can use up what the account allows, but keep nobody out who signs in from where they did before. By
 * the account, not its address: another one that had the address before is no sign of its owner.
 */
import { createHash } from 'node:crypto'
import type { Db } from 'mongodb'
import { insertNew } from '#runtime/mongo/insert-new.ts'

export interface KnownBlocks {
  knows(userId: string, addressBlock: string): Promise<boolean>
  remember(userId: string, addressBlock: string): Promise<void>
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
  const idOf = (userId: string, addressBlock: string) =>
    createHash('sha256').update(`${userId}\n${addressBlock}`).digest('base64url')
  return {
    prepare: async () => void (await collection.createIndex({ endsAt: 1 })),
    async knows(userId, addressBlock) {
      const found = await collection.findOne({ _id: idOf(userId, addressBlock) })
      return found !== null && found.endsAt > now()
    },
    async remember(userId, addressBlock) {
      const known = { _id: idOf(userId, addressBlock), endsAt: new Date(now().getTime() + rememberedMs) }
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
