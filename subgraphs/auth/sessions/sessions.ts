/** Sessions: a rotating refresh token each, whose reuse after the grace time ends it (RFC 9700, 4.14.2). */
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { UserStore } from '#auth/accounts/user-store.ts'
import type { IssueAccessToken } from '#auth/keys/access-tokens.ts'
import type { SessionStore } from '#auth/sessions/session-store.ts'

export interface Session {
  readonly id: string
  readonly accessToken: string
  readonly accessTokenExpiresAt: Date
  readonly refreshToken: string
  readonly refreshTokenExpiresAt: Date
  readonly user: UserDocument
}

export interface Sessions {
  start(user: UserDocument): Promise<Session>
  /** @throws DomainError SESSION_ENDED for an unknown, expired or replaced token, or one of an ended session. */
  refresh(refreshToken: string): Promise<Session>
  /** Ends the session of any of its tokens, new or old; unknown ones are none. */
  end(refreshToken: string): Promise<void>
}

export interface SessionsDependencies {
  readonly store: SessionStore
  readonly users: Pick<UserStore, 'read'>
  readonly issueAccessToken: IssueAccessToken
  /** Derives successors, so that a lost reply can be repeated without keeping the token. */
  readonly successorKey: Buffer
  readonly now: () => Date
}

/** A refresh token that is not used ends after this time. */
const idleLifetimeMs = 30 * 24 * 3_600_000
/** A replaced token gives its same successor for so long: a lost reply or a second tab does no harm. */
const graceMs = 10_000

const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

export function createSessions({
  store,
  users,
  issueAccessToken,
  successorKey,
  now,
}: SessionsDependencies): Sessions {
  const give = async (
    user: UserDocument,
    id: string,
    refreshToken: string,
    refreshTokenExpiresAt: Date,
  ): Promise<Session> => {
    const { token, expiresAt } = await issueAccessToken(user._id, id)
    return {
      id,
      accessToken: token,
      accessTokenExpiresAt: expiresAt,
      refreshToken,
      refreshTokenExpiresAt,
      user,
    }
  }
  const addToken = async (token: string, sessionId: string) => {
    const expiresAt = new Date(now().getTime() + idleLifetimeMs)
    await store.insertToken({ _id: hashToken(token), sessionId, usedAt: null, expiresAt })
    return expiresAt
  }
  return {
    async start(user) {
      const id = randomUUID()
      const createdAt = now()
      // A year at most; its tokens end it much earlier when it is not used.
      const expiresAt = new Date(createdAt.getTime() + 365 * 24 * 3_600_000)
      await store.insertSession({ _id: id, userId: user._id, ended: false, createdAt, expiresAt })
      const refreshToken = randomBytes(32).toString('base64url')
      return await give(user, id, refreshToken, await addToken(refreshToken, id))
    },
    async refresh(refreshToken) {
      const hash = hashToken(refreshToken)
      const known = await store.readToken(hash)
      const session = known && (await store.readSession(known.sessionId))
      if (!known || !session || session.ended || known.expiresAt <= now() || session.expiresAt <= now()) {
        throw new DomainError('SESSION_ENDED')
      }
      const usedAt = await store.markUsed(hash, now())
      if (now().getTime() - usedAt.getTime() > graceMs) {
        // Somebody holds a token that was replaced long ago: either they or the user stole it.
        await store.endSession(session._id)
        throw new DomainError('SESSION_ENDED')
      }
      const user = await users.read(session.userId)
      if (user === null) throw new DomainError('SESSION_ENDED')
      const successor = createHmac('sha256', successorKey)
        .update(`refresh\n${refreshToken}`)
        .digest('base64url')
      return await give(user, session._id, successor, await addToken(successor, session._id))
    },
    async end(refreshToken) {
      const known = await store.readToken(hashToken(refreshToken))
      if (known) await store.endSession(known.sessionId)
    },
  }
}
