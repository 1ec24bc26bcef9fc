/** The collection `mails`: inserted under unique ids, changed only from the state that was read. */
import type { Db } from 'mongodb'
import { mailDocumentSchema, type MailDocument, type mailStates } from '#schema/documents/mail-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import type { Logger } from '#runtime/process/log.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'

type MailState = (typeof mailStates)[number]

export interface MailStore {
  /** Does nothing where the mail is there already. */
  insert(mail: MailDocument): Promise<void>
  /** @throws Error when what is stored is malformed; lists pass such a mail over, so that it stops no other. */
  read(id: string): Promise<MailDocument | null>
  /** False where the mail is no longer in the state that was read. */
  replace(read: MailDocument, next: MailDocument): Promise<boolean>
  /** Removes a mail that is no longer wanted, if it is still as read. */
  withdraw(read: MailDocument): Promise<void>
  /** Removes all mails to a user, sent ones too. */
  forgetUser(userId: string): Promise<void>
  /** A user's mails in these states. */
  listOfUser(userId: string, states: readonly MailState[]): Promise<MailDocument[]>
  /** Mails in these states, the oldest first, as many as `limit`. */
  list(states: readonly MailState[], limit: number): Promise<MailDocument[]>
  /** When the newest mail of this kind to this user was inserted. */
  newestOfUser(userId: string, kind: MailDocument['kind']): Promise<Date | null>
}

export interface PreparedMailStore extends MailStore {
  prepare(): Promise<void>
}

export function createMailStore(database: Db, log: Logger): PreparedMailStore {
  const mails = database.collection<MailDocument>('mails')
  const stored = parseStored(mailDocumentSchema, 'mails', log)
  return {
    async prepare() {
      await mails.createIndex({ userId: 1, state: 1 })
      await mails.createIndex({ state: 1, createdAt: 1 })
    },
    insert: async (mail) => void (await insertNew(mails, mail)),
    async read(id) {
      return stored.one(await mails.findOne({ _id: id }))
    },
    async replace(read, next) {
      const { matchedCount } = await mails.replaceOne(asRead(read), next)
      return matchedCount === 1
    },
    async withdraw(read) {
      await mails.deleteOne(asRead(read))
    },
    async forgetUser(userId) {
      await mails.deleteMany({ userId })
    },
    async listOfUser(userId, states) {
      const found = await mails.find({ userId, state: { $in: [...states] } }).toArray()
      return stored.many(found)
    },
    async list(states, limit) {
      const found = await mails
        .find({ state: { $in: [...states] } })
        .sort({ createdAt: 1 })
        .limit(limit)
        .toArray()
      return stored.many(found)
    },
    async newestOfUser(userId, kind) {
      const [newest] = await mails.find({ userId, kind }).sort({ createdAt: -1 }).limit(1).toArray()
      return stored.many(newest === undefined ? [] : [newest])[0]?.createdAt ?? null
    },
  }
}

const asRead = ({ _id, state, messageId, resends }: MailDocument) => ({ _id, state, messageId, resends })
