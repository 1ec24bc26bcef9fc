/** The collection `users`. */
import type { Db } from 'mongodb'
import { userDocumentSchema, type UserDocument } from '#schema/documents/user-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import type { Logger } from '#runtime/process/log.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'

export type OutboxEntry = UserDocument['outbox'][number]

export interface UserStore {
  prepare(): Promise<void>
  /** Resolves to false when the address is taken. */
  insert(user: UserDocument): Promise<boolean>
  read(id: string): Promise<UserDocument | null>
  readByEmail(emailCanonical: string): Promise<UserDocument | null>
  /** Resolves to whether it was this call that verified the address. */
  markVerified(id: string, emailCanonical: string, entry: OutboxEntry): Promise<boolean>
  /** Resolves to whether the password was still the one that was read. */
  replacePassword(id: string, readHash: string, passwordHash: string): Promise<boolean>
  withOutbox(): AsyncIterable<UserDocument>
  removeFromOutbox(id: string, entryId: string): Promise<void>
}

export function createUserStore(database: Db, log: Logger): UserStore {
  const collection = database.collection<UserDocument>('users')
  const stored = parseStored(userDocumentSchema, 'users', log)
  return {
    async prepare() {
      await collection.createIndex({ emailCanonical: 1 }, { unique: true })
      await collection.createIndex({ outboxPending: 1 })
    },
    insert: (user) => insertNew(collection, user),
    read: async (id) => stored.one(await collection.findOne({ _id: { $eq: id } })),
    readByEmail: async (emailCanonical) =>
      stored.one(await collection.findOne({ emailCanonical: { $eq: emailCanonical } })),
    async markVerified(id, emailCanonical, entry) {
      const unverified = { _id: id, emailCanonical, emailVerified: false }
      const change = { $set: { emailVerified: true, outboxPending: true }, $push: { outbox: entry } }
      const result = await collection.updateOne(unverified, change)
      return result.matchedCount === 1
    },
    async replacePassword(id, readHash, passwordHash) {
      const result = await collection.updateOne(
        { _id: id, passwordHash: readHash },
        { $set: { passwordHash } },
      )
      return result.matchedCount === 1
    },
    withOutbox: () => stored.each(collection.find({ outboxPending: true })),
    async removeFromOutbox(id, entryId) {
      await collection.updateOne({ _id: id }, { $pull: { outbox: { id: entryId } } })
      await collection.updateOne({ _id: id, outbox: { $size: 0 } }, { $set: { outboxPending: false } })
    },
  }
}
