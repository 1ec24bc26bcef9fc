/** The collections `sessions` (a family of refresh tokens each) and `refreshTokens` (each by the hash of the one it replaces). */
import type { Db } from 'mongodb'
import { refreshTokenDocumentSchema, sessionDocumentSchema } from '#schema/documents/session-document.ts'
import type { RefreshTokenDocument, SessionDocument } from '#schema/documents/session-document.ts'
import { isDuplicateKey } from '#runtime/mongo.ts'

export interface SessionStore {
  prepare(): Promise<void>
  insertSession(session: SessionDocument): Promise<void>
  readSession(id: string): Promise<SessionDocument | null>
  endSession(id: string): Promise<void>
  insertToken(token: RefreshTokenDocument): Promise<void>
  readToken(hash: string): Promise<RefreshTokenDocument | null>
  /** Notes when a token was first used; resolves to that moment, whoever noted it. */
  markUsed(hash: string, at: Date): Promise<Date>
  removeExpired(now: Date): Promise<void>
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
      await tokens.createIndex({ expiresAt: 1 })
    },
    async insertSession(session) {
      await sessions.insertOne(session)
    },
    async readSession(id) {
      const found = await sessions.findOne({ _id: id })
      return found && sessionDocumentSchema.parse(found)
    },
    async endSession(id) {
      await sessions.updateOne({ _id: id }, { $set: { ended: true } })
    },
    async insertToken(token) {
      try {
        await tokens.insertOne(token)
      } catch (error) {
        // The successor of one token is always the same: another request was a little quicker.
        if (!isDuplicateKey(error)) throw error
      }
    },
    readToken,
    async markUsed(hash, at) {
      await tokens.updateOne({ _id: hash, usedAt: null }, { $set: { usedAt: at } })
      const token = await readToken(hash)
      return token?.usedAt ?? at
    },
    async removeExpired(now) {
      await tokens.deleteMany({ expiresAt: { $lt: now } })
      await sessions.deleteMany({ expiresAt: { $lt: now } })
    },
  }
}
