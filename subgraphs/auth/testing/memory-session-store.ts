/** The two collections of sessions in memory, for tests without I/O. */
import type { RefreshTokenDocument, SessionDocument } from '#schema/documents/session-document.ts'
import type { SessionStore } from '#auth/sessions/session-store.ts'

export interface MemorySessionStore extends SessionStore {
  readonly sessions: Map<string, SessionDocument>
  readonly tokens: Map<string, RefreshTokenDocument>
}

export function createMemorySessionStore(): MemorySessionStore {
  const sessions = new Map<string, SessionDocument>()
  const tokens = new Map<string, RefreshTokenDocument>()
  return {
    sessions,
    tokens,
    prepare: async () => {},
    insertSession: async (session) => void sessions.set(session._id, session),
    readSession: async (id) => sessions.get(id) ?? null,
    async endSession(id, endedAt) {
      const session = sessions.get(id)
      if (!session || session.ended) return false
      sessions.set(id, { ...session, ended: true, endedAt })
      return true
    },
    async listLive(userId, now) {
      const live = [...sessions.values()].filter(
        (session) => session.userId === userId && !session.ended && session.expiresAt > now,
      )
      return live.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    },
    endedSince: async (since) =>
      [...sessions.values()].flatMap(({ _id, endedAt }) => (endedAt && endedAt >= since ? [_id] : [])),
    async noteUse(id, use) {
      const session = sessions.get(id)
      if (session) sessions.set(id, { ...session, ...use })
    },
    async insertToken(token) {
      if (!tokens.has(token._id)) tokens.set(token._id, token)
    },
    readToken: async (hash) => tokens.get(hash) ?? null,
    async markUsed(hash, use) {
      const token = tokens.get(hash)
      if (token?.usedAt === null) tokens.set(hash, { ...token, ...use })
      return tokens.get(hash) ?? null
    },
    async removeOver({ expired, ended, unused }) {
      for (const [hash, { expiresAt }] of tokens) if (expiresAt < expired) tokens.delete(hash)
      for (const [id, { expiresAt, endedAt, lastUsedAt }] of sessions)
        if (expiresAt < expired || (endedAt && endedAt < ended) || lastUsedAt < unused) sessions.delete(id)
    },
  }
}
