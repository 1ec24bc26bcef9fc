/** The collections `sessions` (a family of refresh tokens each) and `refreshTokens` (each by its hash). */
import type { Db } from 'mongodb'
import { refreshTokenDocumentSchema, sessionDocumentSchema } from '#schema/documents/session-document.ts'
import type { RefreshTokenDocument, SessionDocument } from '#schema/documents/session-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'

export interface FirstUse {
  readonly usedAt: Date
  readonly successorSalt: string
}

/** What can be forgotten. */
export interface Over {
  /** Sessions and tokens that expired before. */
  readonly expired: Date
  /** Sessions that were ended before. */
  readonly ended: Date
  /** Sessions that were used last before. */
  readonly unused: Date
}

export interface SessionStore {
  prepare(): Promise<void>
  insertSession(session: SessionDocument): Promise<void>
  readSession(id: string): Promise<SessionDocument | null>
  /** Resolves to whether it was this call that ended it. */
  endSession(id: string, endedAt: Date): Promise<boolean>
  /** A user's sessions that have not ended, the newest first. */
  listLive(userId: string, now: Date): Promise<SessionDocument[]>
  /** The ids of sessions that were ended since. */
  endedSince(since: Date): Promise<string[]>
  noteUse(id: string, use: Pick<SessionDocument, 'lastUsedAt' | 'client'>): Promise<void>
  insertToken(token: RefreshTokenDocument): Promise<void>
  readToken(hash: string): Promise<RefreshTokenDocument | null>
  /** Notes a token's first use; resolves to the token with the first use that was noted, whoever did it. */
  markUsed(hash: string, use: FirstUse): Promise<RefreshTokenDocument | null>
  removeOver(over: Over): Promise<void>
}

export function createSessionStore(database: Db): SessionStore {
  const sessions = database.collection<SessionDocument>('sessions')
  const tokens = database.collection<RefreshTokenDocument>('refreshTokens')
  const readToken = async (hash: string) => {
    const found = await tokens.findOne({ _id: hash })
    return found && refreshTokenDocumentSchema.parse(found)
  }
  return {
    async prepare() {
      await sessions.createIndex({ expiresAt: 1 })
      await sessions.createIndex({ userId: 1, createdAt: -1 })
      await sessions.createIndex({ endedAt: 1 })
      await sessions.createIndex({ lastUsedAt: 1 })
      await tokens.createIndex({ expiresAt: 1 })
    },
    async insertSession(session) {
      await sessions.insertOne(session)
    },
    async readSession(id) {
      const found = await sessions.findOne({ _id: { $eq: id } })
      return found && parseSession(found)
    },
    async endSession(id, endedAt) {
      const { matchedCount } = await sessions.updateOne(
        { _id: id, ended: false },
        { $set: { ended: true, endedAt } },
      )
      return matchedCount === 1
    },
    async listLive(userId, now) {
      const live = { userId, ended: false, expiresAt: { $gt: now } }
      const found = await sessions.find(live).sort({ createdAt: -1 }).toArray()
      return found.map(parseSession)
    },
    async endedSince(since) {
      const found = await sessions.find({ endedAt: { $gte: since } }).toArray()
      return found.map(({ _id }) => _id)
    },
    async noteUse(id, { lastUsedAt, client }) {
      await sessions.updateOne({ _id: id }, { $set: { lastUsedAt, client } })
    },
    async insertToken(token) {
      // The successor of one token is always the same: where it is there, another request was a little quicker.
      await insertNew(tokens, token)
    },
    readToken,
    async markUsed(hash, use) {
      await tokens.updateOne({ _id: hash, usedAt: null }, { $set: { ...use } })
      return await readToken(hash)
    },
    async removeOver({ expired, ended, unused }) {
      await tokens.deleteMany({ expiresAt: { $lt: expired } })
      for (const over of [
        { expiresAt: { $lt: expired } },
        { endedAt: { $lt: ended } },
        { lastUsedAt: { $lt: unused } },
      ])
        await sessions.deleteMany(over)
    },
  }
}

/** One that a version began which did not note the client is as one that did not say what it is. */
const parseSession = (stored: object): SessionDocument =>
  sessionDocumentSchema.parse({ client: null, ...stored })
