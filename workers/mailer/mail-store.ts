/** The collection `mails`: inserted under unique ids, changed only from the state that was read. */
import type { Db } from 'mongodb'
import { mailDocumentSchema, type MailDocument, type mailStates } from '#schema/documents/mail-document.ts'
import { isDuplicateKey } from '#runtime/mongo.ts'

type MailState = (typeof mailStates)[number]

export interface MailStore {
  /** Does nothing where the mail is already owed. */
  insert(mail: MailDocument): Promise<void>
  read(id: string): Promise<MailDocument | null>
  /** False where the mail is no longer in the state that was read. */
  replace(read: MailDocument, next: MailDocument): Promise<boolean>
  /** Forgets a mail that has lost its reason, if it is still as read. */
  withdraw(read: MailDocument): Promise<void>
  /** A user's mails in these states. */
  listOfUser(userId: string, states: readonly MailState[]): Promise<MailDocument[]>
  /** Mails in these states, the oldest first, as many as `limit`. */
  list(states: readonly MailState[], limit: number): Promise<MailDocument[]>
  /** When the newest mail of this kind to this user was first owed. */
  newestOfUser(userId: string, kind: MailDocument['kind']): Promise<Date | null>
}

export async function createMailStore(database: Db): Promise<MailStore> {
  const mails = database.collection<MailDocument>('mails')
  await mails.createIndex({ userId: 1, state: 1 })
  await mails.createIndex({ state: 1, createdAt: 1 })
  const parse = (document: unknown) => mailDocumentSchema.parse(document)
  const asRead = ({ _id, state, messageId }: MailDocument) => ({ _id, state, messageId })
  return {
    async insert(mail) {
      try {
        await mails.insertOne(mail)
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },
    async read(id) {
      const document = await mails.findOne({ _id: id })
      return document && parse(document)
    },
    async replace(read, next) {
      const { matchedCount } = await mails.replaceOne(asRead(read), next)
      return matchedCount === 1
    },
    async withdraw(read) {
      await mails.deleteOne(asRead(read))
    },
    async listOfUser(userId, states) {
      return (await mails.find({ userId, state: { $in: [...states] } }).toArray()).map(parse)
    },
    async list(states, limit) {
      const found = await mails
        .find({ state: { $in: [...states] } })
        .sort({ createdAt: 1 })
        .limit(limit)
        .toArray()
      return found.map(parse)
    },
    async newestOfUser(userId, kind) {
      const [newest] = await mails.find({ userId, kind }).sort({ createdAt: -1 }).limit(1).toArray()
      return newest === undefined ? null : parse(newest).createdAt
    },
  }
}
