/** The collection `users`. */
import { MongoServerError, type Db } from 'mongodb'
import { userDocumentSchema, type UserDocument } from '#schema/documents/user-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import type { Logger } from '#runtime/process/log.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'
import type { StoredReset } from '#auth/keys/reset-tokens.ts'
import { claimOf } from './email-address.ts'

export type OutboxEntry = UserDocument['outbox'][number]

export interface UserStore {
  prepare(): Promise<void>
  /** Resolves to false when the address is taken. */
  insert(user: UserDocument): Promise<boolean>
  read(id: string): Promise<UserDocument | null>
  readByEmail(emailCanonical: string): Promise<UserDocument | null>
  /** Resolves to whether it was this call that verified the address; TAKEN where another account has it. */
  markVerified(id: string, emailCanonical: string, entry: OutboxEntry): Promise<boolean | 'TAKEN'>
  /** Takes an address from an account that has not proven it; resolves to whether it had it. */
  loseAddress(id: string, emailCanonical: string): Promise<boolean>
  /** Resolves to whether the password was still the one that was read. */
  replacePassword(id: string, readHash: string, passwordHash: string): Promise<boolean>
  /** Keeps a reset, and forgets those that have expired. */
  keepReset(id: string, reset: StoredReset, now: Date): Promise<void>
  /** Uses a reset up, and with it all others; resolves to whether it was still there. */
  resetPassword(id: string, tokenHash: string, passwordHash: string): Promise<boolean>
  /** Owes a message; resolves to the user who does, null where there is none with this address. */
  owe(emailCanonical: string, entry: OutboxEntry): Promise<UserDocument | null>
  oweOf(id: string, entry: OutboxEntry): Promise<UserDocument | null>
  /** Accounts that were made before and have not proven their address. */
  unverifiedSince(before: Date): AsyncIterable<UserDocument>
  /** Removes an account; resolves to whether it was this call that did. */
  remove(id: string): Promise<boolean>
  /** The same where it has not proven its address. */
  removeUnverified(id: string): Promise<boolean>
  withOutbox(): AsyncIterable<UserDocument>
  removeFromOutbox(id: string, entryId: string): Promise<void>
}

export function createUserStore(database: Db, log: Logger): UserStore {
  const collection = database.collection<UserDocument>('users')
  const stored = parseStored(userDocumentSchema, 'users', log)
  const push = async (filter: { _id: string } | { emailCanonical: string }, entry: OutboxEntry) => {
    const change = { $set: { outboxPending: true }, $push: { outbox: entry } }
    return stored.one(await collection.findOneAndUpdate(filter, change, { returnDocument: 'after' }))
  }
  return {
    async prepare() {
      await collection.createIndex({ emailCanonical: 1 }, { unique: true })
      await collection.createIndex({ outboxPending: 1 })
      await collection.createIndex({ emailVerified: 1, createdAt: 1 })
    },
    insert: (user) => insertNew(collection, user),
    read: async (id) => stored.one(await collection.findOne({ _id: { $eq: id } })),
    readByEmail: async (emailCanonical) =>
      stored.one(await collection.findOne({ emailCanonical: { $eq: emailCanonical } })),
    async markVerified(id, emailCanonical, entry) {
      const own = { $in: [emailCanonical, claimOf(id)] }
      const unverified = { _id: id, emailVerified: false, emailCanonical: own }
      const change = {
        $set: { emailCanonical, emailVerified: true, outboxPending: true },
        $push: { outbox: entry },
      }
      try {
        const result = await collection.updateOne(unverified, change)
        return result.matchedCount === 1
      } catch (error) {
        if (error instanceof MongoServerError && error.code === duplicateKey) return 'TAKEN'
        throw error
      }
    },
    async loseAddress(id, emailCanonical) {
      const unproven = { _id: id, emailCanonical, emailVerified: false }
      const result = await collection.updateOne(unproven, { $set: { emailCanonical: claimOf(id) } })
      return result.matchedCount === 1
    },
    async replacePassword(id, readHash, passwordHash) {
      const asRead = { _id: id, passwordHash: readHash }
      // A link that was asked for before would undo the change.
      const result = await collection.updateOne(asRead, { $set: { passwordHash, passwordResets: [] } })
      return result.matchedCount === 1
    },
    async keepReset(id, reset, now) {
      await collection.updateOne({ _id: id }, { $pull: { passwordResets: { expiresAt: { $lt: now } } } })
      await collection.updateOne({ _id: id }, { $push: { passwordResets: reset } })
    },
    async resetPassword(id, tokenHash, passwordHash) {
      const unused = { _id: id, 'passwordResets.tokenHash': tokenHash }
      const result = await collection.updateOne(unused, { $set: { passwordHash, passwordResets: [] } })
      return result.matchedCount === 1
    },
    owe: (emailCanonical, entry) => push({ emailCanonical }, entry),
    oweOf: (id, entry) => push({ _id: id }, entry),
    unverifiedSince: (before) =>
      stored.each(collection.find({ emailVerified: false, createdAt: { $lt: before } })),
    remove: async (id) => (await collection.deleteOne({ _id: id })).deletedCount === 1,
    removeUnverified: async (id) =>
      (await collection.deleteOne({ _id: id, emailVerified: false })).deletedCount === 1,
    withOutbox: () => stored.each(collection.find({ outboxPending: true })),
    async removeFromOutbox(id, entryId) {
      await collection.updateOne({ _id: id }, { $pull: { outbox: { id: entryId } } })
      await collection.updateOne({ _id: id, outbox: { $size: 0 } }, { $set: { outboxPending: false } })
    },
  }
}

const duplicateKey = 11_000
