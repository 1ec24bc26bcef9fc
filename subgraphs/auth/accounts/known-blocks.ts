/**
 * The collection `knownBlocks`: from where an account's right password came within 30 days. Whoever tries an account's
 * password from elsewhere can use up what the account allows, but keep nobody out who signs in from where they did before. By
 * the account, not its address: another one that had the address before is no sign of its owner.
 */
import { createHmac } from 'node:crypto'
import type { Db } from 'mongodb'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import { removeEnded } from '#runtime/mongo/remove-ended.ts'

export interface KnownBlocks {
  knows(userId: string, addressBlock: string): Promise<boolean>
  remember(userId: string, addressBlock: string): Promise<void>
}

export interface KnownBlockStore extends KnownBlocks {
  prepare(): Promise<void>
  removeOver(now: Date): Promise<void>
}

interface KnownBlockDocument {
  /** A keyed hash of both: of a plain one, who reads the database would find the address by trying all. */
  readonly _id: string
  readonly endsAt: Date
}

const rememberedMs = 30 * 86_400_000

/**
 * @param keys The first is used, all are tried. Without the old ones nobody is known any more until they sign in again, so that
 * keys which change now and then do.
 */
export function createKnownBlocks(
  database: Db,
  keys: readonly [Buffer, ...Buffer[]],
  now: () => Date,
): KnownBlockStore {
  const collection = database.collection<KnownBlockDocument>('knownBlocks')
  const idOf = (userId: string, addressBlock: string, key = keys[0]) =>
    createHmac('sha256', key).update(`${userId}\n${addressBlock}`).digest('base64url')
  return {
    prepare: async () => void (await collection.createIndex({ endsAt: 1 })),
    async knows(userId, addressBlock) {
      const ids = keys.map((key) => idOf(userId, addressBlock, key))
      return (await collection.findOne({ _id: { $in: ids }, endsAt: { $gt: now() } })) !== null
    },
    async remember(userId, addressBlock) {
      const known = { _id: idOf(userId, addressBlock), endsAt: new Date(now().getTime() + rememberedMs) }
      const { matchedCount } = await collection.updateOne(
        { _id: known._id },
        { $set: { endsAt: known.endsAt } },
      )
      if (matchedCount === 0) await insertNew(collection, known)
    },
    removeOver: (at) => removeEnded(collection, at, rememberedMs),
  }
}
