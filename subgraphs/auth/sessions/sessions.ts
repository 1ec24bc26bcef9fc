/** Sessions: a rotating refresh token each, whose reuse after the grace time ends it (RFC 9700, 4.14.2). */
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { SessionDocument } from '#schema/documents/session-document.ts'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { UserStore } from '#auth/accounts/user-store.ts'
import { accessTokenLifetimeSeconds } from '#runtime/tokens/verify-access-token.ts'
import type { IssueAccessToken } from '#auth/keys/issue-access-token.ts'
import type { SessionStore } from './session-store.ts'

export interface Session {
  readonly id: string
  readonly accessToken: string
  readonly accessTokenExpiresAt: Date
  readonly refreshToken: string
  readonly refreshTokenExpiresAt: Date
  readonly user: UserDocument
}

export interface Sessions {
  /** @param client The name of what begins it, if it says so. */
  start(user: UserDocument, client: string | null): Promise<Session>
  /** @throws DomainError SESSION_ENDED for an unknown, expired or replaced token, or one of an ended session. */
  refresh(refreshToken: string, client: string | null): Promise<Session>
  /** Ends the session of any of its tokens, new or old; unknown ones are none. */
  end(refreshToken: string): Promise<void>
  /** Ends a session of this user; others' are none. */
  endOne(userId: string, sessionId: string): Promise<void>
  endAll(userId: string, exceptSessionId?: string): Promise<void>
  /** Those that can still be refreshed, the newest first. */
  list(userId: string): Promise<SessionDocument[]>
  /** The sessions that were ended while access tokens of theirs may still be in use. */
  listEnded(): Promise<string[]>
  /** Forgets sessions and tokens that are over. */
  forgetOver(): Promise<void>
}

export interface SessionsDependencies {
  readonly store: SessionStore
  readonly users: Pick<UserStore, 'read'>
  readonly issueAccessToken: IssueAccessToken
  /** Beyond this the oldest session of a user ends. */
  readonly mostOfUser: number
  /** Lets a guest stay for as long again; null where it is none any more. */
  readonly keepGuest: (user: UserDocument) => Promise<UserDocument | null>
  /** Counts a refresh, as each leaves a token for a month. @throws DomainError TOO_MANY_REQUESTS. */
  readonly countRefresh: (sessionId: string) => Promise<unknown>
  /** Told of each session that was ended; must not throw. */
  readonly announceEnded: (sessionId: string) => void
  readonly log: Logger
  readonly now: () => Date
}

const dayMs = 24 * 3_600_000
/** A refresh token that is not used ends after this time; a guest's with the guest. */
const idleLifetimeMs = 30 * dayMs
/** A replaced token gives its same successor for so long: a lost reply or a second tab does no harm. */
const graceMs = 10_000
/** A session that is kept in use ends after this time all the same. */
const longestLifetimeMs = 365 * dayMs

const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * The same for whoever asks, so a lost reply can be repeated without keeping the token; and found by nobody who has
 * only an old token, or only the database.
 */
const successorOf = (token: string, salt: string): string =>
  createHmac('sha256', token).update(salt).digest('base64url')

/** As long as access tokens live, and a minute for clocks that differ. */
const endedShownMs = (accessTokenLifetimeSeconds + 60) * 1000

export function createSessions(dependencies: SessionsDependencies): Sessions {
  const { store, users, issueAccessToken, mostOfUser, keepGuest, countRefresh } = dependencies
  const { announceEnded, log, now } = dependencies
  const ago = (ms: number) => new Date(now().getTime() - ms)
  const endSession = async (sessionId: string) => {
    if (await store.endSession(sessionId, now())) announceEnded(sessionId)
  }
  const endThem = async (sessions: readonly SessionDocument[]) => {
    for (const { _id } of sessions) await endSession(_id)
  }
  const give = async (user: UserDocument, session: SessionDocument, refreshToken: string) => {
    const idleUntil = user.guestUntil ?? new Date(now().getTime() + idleLifetimeMs)
    const refreshTokenExpiresAt = new Date(Math.min(idleUntil.getTime(), session.expiresAt.getTime()))
    await store.insertToken({
      _id: hashToken(refreshToken),
      sessionId: session._id,
      usedAt: null,
      successorSalt: null,
      expiresAt: refreshTokenExpiresAt,
    })
    const { token, expiresAt } = await issueAccessToken({
      userId: user._id,
      sessionId: session._id,
      emailVerified: user.emailVerified,
      isGuest: user.guestUntil !== null,
    })
    return {
      id: session._id,
      accessToken: token,
      accessTokenExpiresAt: expiresAt,
      refreshToken,
      refreshTokenExpiresAt,
      user,
    }
  }
  /** @throws DomainError SESSION_ENDED unless the token and its session are good. */
  const readLive = async (hash: string): Promise<SessionDocument> => {
    const token = await store.readToken(hash)
    const session = token && (await store.readSession(token.sessionId))
    if (!session || session.ended || token.expiresAt <= now() || session.expiresAt <= now())
      throw new DomainError('SESSION_ENDED')
    return session
  }
  return {
    async start(user, client) {
      const createdAt = now()
      const expiresAt = new Date(createdAt.getTime() + longestLifetimeMs)
      const session = {
        _id: randomUUID(),
        userId: user._id,
        ended: false,
        endedAt: null,
        createdAt,
        lastUsedAt: createdAt,
        expiresAt,
        client,
      }
      await store.insertSession(session)
      // A password that was changed meanwhile has ended the sessions before this one, and would miss it.
      if ((await users.read(user._id))?.passwordHash !== user.passwordHash) {
        await endSession(session._id)
        throw new DomainError('INVALID_CREDENTIALS')
      }
      await endThem((await store.listLive(user._id, createdAt)).slice(mostOfUser))
      return await give(user, session, randomBytes(32).toString('base64url'))
    },
    async refresh(refreshToken, client) {
      const hash = hashToken(refreshToken)
      const session = await readLive(hash)
      await countRefresh(session._id)
      const successorSalt = randomBytes(32).toString('base64url')
      const used = await store.markUsed(hash, { usedAt: now(), successorSalt })
      if (!used?.usedAt) throw new DomainError('SESSION_ENDED')
      if (now().getTime() - used.usedAt.getTime() > graceMs) {
        // Somebody holds a token that was replaced long ago: either they or the user stole it.
        await endSession(session._id)
        log.warn(
          { userId: session.userId, sessionId: session._id },
          'a replaced refresh token came back; its session was ended',
        )
        throw new DomainError('SESSION_ENDED')
      }
      const known = await users.read(session.userId)
      const user = known && (await keepGuest(known))
      if (user === null || used.successorSalt === null) throw new DomainError('SESSION_ENDED')
      await store.noteUse(session._id, { lastUsedAt: now(), client })
      return await give(user, session, successorOf(refreshToken, used.successorSalt))
    },
    async end(refreshToken) {
      const known = await store.readToken(hashToken(refreshToken))
      if (known) await endSession(known.sessionId)
    },
    async endOne(userId, sessionId) {
      const session = await store.readSession(sessionId)
      if (session?.userId === userId) await endSession(sessionId)
    },
    async endAll(userId, exceptSessionId) {
      await endThem((await store.listLive(userId, now())).filter(({ _id }) => _id !== exceptSessionId))
    },
    async list(userId) {
      const live = await store.listLive(userId, now())
      return live.filter(({ lastUsedAt }) => lastUsedAt > ago(idleLifetimeMs))
    },
    listEnded: () => store.endedSince(ago(endedShownMs)),
    forgetOver: () =>
      store.removeOver({ expired: now(), ended: ago(dayMs), unused: ago(idleLifetimeMs + dayMs) }),
  }
}
