/** The collection `users`. */
import { MongoServerError, type Db, type Filter } from 'mongodb'
import {
  accountDocumentSchema,
  guestDocumentSchema,
  userDocumentSchema,
  type AccountDocument,
  type GuestDocument,
  type UserDocument,
} from '#schema/documents/user-document.ts'
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
  readByEmail(emailCanonical: string): Promise<AccountDocument | null>
  /** Resolves to whether it was this call that verified the address; TAKEN where another account has it. */
  markVerified(id: string, emailCanonical: string, entry: OutboxEntry): Promise<boolean | 'TAKEN'>
  /** Makes a guest this account, which has its id. Resolves to whether it was this call; TAKEN where another has the address. */
  becomeAccount(account: AccountDocument): Promise<boolean | 'TAKEN'>
  /** Lets a guest stay; resolves to whether there is such a guest. */
  keepGuest(id: string, guestUntil: Date): Promise<boolean>
  /** Takes an address from an account that has not proven it; resolves to whether it had it. */
  loseAddress(id: string, emailCanonical: string): Promise<boolean>
  /** Resolves to whether the password was still the one that was read. */
  replacePassword(id: string, readHash: string, passwordHash: string): Promise<boolean>
  /** Keeps a reset, and forgets those that have expired. */
  keepReset(id: string, reset: StoredReset, now: Date): Promise<void>
  /** Uses a reset up, and with it all others; resolves to whether it was still there. */
  resetPassword(id: string, tokenHash: string, passwordHash: string): Promise<boolean>
  /** Owes a message; resolves to the account that does, null where there is none with this address. */
  owe(emailCanonical: string, entry: OutboxEntry): Promise<AccountDocument | null>
  oweOf(id: string, entry: OutboxEntry): Promise<AccountDocument | null>
  /** Accounts that were made before and have not proven their address. */
  unverifiedSince(before: Date): AsyncIterable<AccountDocument>
  guestsOver(at: Date): AsyncIterable<GuestDocument>
  /** Removes a user; resolves to whether it was this call that did. */
  remove(id: string): Promise<boolean>
  /** The same where it is an account that has not proven its address. */
  removeUnverified(id: string): Promise<boolean>
  /** The same where it is a guest that was over at a moment. One that has come back since is never so again for that moment. */
  removeGuest(id: string, at: Date): Promise<boolean>
  withOutbox(): AsyncIterable<UserDocument>
  removeFromOutbox(id: string, entryId: string): Promise<void>
}

export function createUserStore(database: Db, log: Logger): UserStore {
  const collection = database.collection<UserDocument>('users')
  const stored = parseStored(userDocumentSchema, 'users', log)
  const accounts = parseStored(accountDocumentSchema, 'users', log)
  const guests = parseStored(guestDocumentSchema, 'users', log)
  const removeIf = async (filter: Filter<UserDocument>) =>
    (await collection.deleteOne(filter)).deletedCount === 1
  const push = async (filter: { _id: string } | { emailCanonical: string }, entry: OutboxEntry) => {
    const change = { $set: { outboxPending: true }, $push: { outbox: entry } }
    const owing = await collection.findOneAndUpdate({ ...filter, ...ofAccount }, change, {
      returnDocument: 'after',
    })
    return accounts.one(owing)
  }
  return {
    async prepare() {
      await collection.createIndex({ emailCanonical: 1 }, { unique: true })
      await collection.createIndex({ outboxPending: 1 })
      await collection.createIndex({ guestUntil: 1 })
      await collection.createIndex({ emailVerified: 1, createdAt: 1 })
    },
    insert: (user) => insertNew(collection, user),
    read: async (id) => stored.one(await collection.findOne({ _id: { $eq: id } })),
    readByEmail: async (emailCanonical) =>
      accounts.one(await collection.findOne({ emailCanonical: { $eq: emailCanonical }, ...ofAccount })),
    async markVerified(id, emailCanonical, entry) {
      const own = { $in: [emailCanonical, claimOf(id)] }
      const unverified = { _id: id, emailVerified: false, emailCanonical: own }
      const change = {
        $set: { emailCanonical, emailVerified: true, outboxPending: true },
        $push: { outbox: entry },
      }
      return await unlessTaken(collection.updateOne(unverified, change))
    },
    becomeAccount: async ({ _id, ...account }) =>
      await unlessTaken(collection.updateOne({ _id, ...ofGuest }, { $set: account })),
    async keepGuest(id, guestUntil) {
      const result = await collection.updateOne({ _id: id, ...ofGuest }, { $set: { guestUntil } })
      return result.matchedCount === 1
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
      accounts.each(collection.find({ ...unverified, createdAt: { $lt: before } })),
    guestsOver: (at) => guests.each(collection.find(guestOver(at))),
    remove: async (id) => await removeIf({ _id: id }),
    removeUnverified: async (id) => await removeIf({ _id: id, ...unverified }),
    removeGuest: async (id, at) => await removeIf({ _id: id, ...guestOver(at) }),
    withOutbox: () => stored.each(collection.find({ outboxPending: true })),
    async removeFromOutbox(id, entryId) {
      await collection.updateOne({ _id: id }, { $pull: { outbox: { id: entryId } } })
      await collection.updateOne({ _id: id, outbox: { $size: 0 } }, { $set: { outboxPending: false } })
    },
  }
}

const ofAccount = { guestUntil: null } as const
const ofGuest = { guestUntil: { $ne: null } } as const

const unverified = { ...ofAccount, emailVerified: false } as const
const guestOver = (at: Date) => ({ guestUntil: { $ne: null, $lt: at } })

const duplicateKey = 11_000

/** Whether an update found its document; TAKEN where what is unique of it is another's. */
async function unlessTaken(update: Promise<{ readonly matchedCount: number }>): Promise<boolean | 'TAKEN'> {
  try {
    return (await update).matchedCount === 1
  } catch (error) {
    if (error instanceof MongoServerError && error.code === duplicateKey) return 'TAKEN'
    throw error
  }
}
