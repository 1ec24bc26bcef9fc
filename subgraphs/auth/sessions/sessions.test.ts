import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { AccountDocument, GuestDocument, UserDocument } from '#schema/documents/user-document.ts'
import { createMemorySessionStore } from '#auth/testing/memory-session-store.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'
import { createSessions, type SessionsDependencies } from './sessions.ts'

const dayMs = 24 * 3_600_000
const user: AccountDocument = {
  _id: 'user-1',
  email: 'somebody@example.com',
  emailCanonical: 'somebody@example.com',
  emailVerified: true,
  passwordHash: '',
  passwordResets: [],
  locale: 'en',
  outbox: [],
  outboxPending: false,
  createdAt: new Date(0),
  guestUntil: null,
}
const guest: GuestDocument = {
  ...user,
  email: null,
  emailVerified: false,
  passwordHash: null,
  guestUntil: new Date(Date.UTC(2026, 0, 3)),
}

/** Sessions by a clock that only the test moves. */
function startSessions(person: UserDocument = user, changes: Partial<SessionsDependencies> = {}) {
  const store = createMemorySessionStore()
  const announced: string[] = []
  const issued: Identity[] = []
  let known: UserDocument | null = person
  let [nowMs, logged] = [Date.UTC(2026, 0, 1), '']
  const sessions = createSessions({
    store,
    users: { read: async () => known },
    issueAccessToken: async (identity) => {
      issued.push(identity)
      return { token: 'access-token', expiresAt: new Date(nowMs + 600_000) }
    },
    mostOfUser: 3,
    keepGuest: async (one) =>
      one.guestUntil === null ? one : { ...one, guestUntil: new Date(nowMs + 2 * dayMs) },
    countRefresh: async () => {},
    announceEnded: (sessionId) => void announced.push(sessionId),
    log: pino({}, { write: (line) => void (logged += line) }),
    now: () => new Date(nowMs),
    ...changes,
  })
  return {
    ...sessions,
    start: (one: UserDocument, client: string | null = null) => sessions.start(one, client),
    refresh: (token: string, client: string | null = null) => sessions.refresh(token, client),
    store,
    logged: () => logged,
    announced,
    pass: (ms: number) => void (nowMs += ms),
    issued,
    removeUser: () => void (known = null),
    changePassword: () => void (known = { ...user, passwordHash: 'another' }),
  }
}

const ended = { code: 'SESSION_ENDED' }

describe('a refresh token', () => {
  it('is kept as a hash, and so is its successor', async () => {
    const { start, refresh, store } = startSessions()
    const { refreshToken } = await start(user)
    const next = await refresh(refreshToken)
    const kept = JSON.stringify([...store.tokens.values(), ...store.sessions.values()])
    assert.equal(store.tokens.size, 2)
    for (const token of [refreshToken, next.refreshToken]) assert.equal(kept.includes(token), false)
  })

  it('gives its one successor to the last millisecond of 10 seconds, and then ends the session', async () => {
    const { start, refresh, pass, logged } = startSessions()
    const { refreshToken, id } = await start(user)
    const next = await refresh(refreshToken)
    pass(10_000)
    assert.equal((await refresh(refreshToken)).refreshToken, next.refreshToken)
    assert.equal(logged(), '')
    pass(1)
    await assert.rejects(refresh(refreshToken), ended)
    await assert.rejects(refresh(next.refreshToken), ended)
    const { sessionId, userId } = JSON.parse(logged()) as Record<string, string>
    assert.deepEqual({ sessionId, userId }, { sessionId: id, userId: user._id })
    assert.equal(logged().includes(refreshToken), false)
  })

  it('ends with its own session alone when it comes back too late', async () => {
    const { start, refresh, pass } = startSessions()
    const [one, other] = [await start(user), await start(user)]
    await refresh(one.refreshToken)
    pass(10_001)
    await assert.rejects(refresh(one.refreshToken), ended)
    assert.equal((await refresh(other.refreshToken)).id, other.id)
  })

  it('ends when it is not used for 30 days, and lives on when it is', async () => {
    const { start, refresh, pass } = startSessions()
    const first = await start(user)
    pass(30 * dayMs - 1)
    const second = await refresh(first.refreshToken)
    assert.equal(second.id, first.id)
    pass(30 * dayMs)
    await assert.rejects(refresh(second.refreshToken), ended)
  })

  it('never promises to outlive its session', async () => {
    const { start, refresh, pass } = startSessions()
    let session = await start(user)
    const { refreshTokenExpiresAt: firstEnd } = session
    for (let days = 0; days < 364; days += 28) {
      pass(28 * dayMs)
      session = await refresh(session.refreshToken)
    }
    assert.equal(session.refreshTokenExpiresAt.getTime(), firstEnd.getTime() + 335 * dayMs)
    pass(dayMs)
    await assert.rejects(refresh(session.refreshToken), ended)
  })

  it('is refused when it is unknown or its user is gone', async () => {
    const { start, refresh, removeUser } = startSessions()
    await assert.rejects(refresh('nonsense'), ended)
    const { refreshToken } = await start(user)
    removeUser()
    await assert.rejects(refresh(refreshToken), ended)
  })
})

describe('the session of a guest', () => {
  it('says that it is one, lets the guest stay by each refresh, and ends with it', async () => {
    const { start, refresh, pass, issued, removeUser } = startSessions(guest)
    const first = await start(guest)
    assert.deepEqual(first.refreshTokenExpiresAt, guest.guestUntil)
    pass(dayMs)
    const next = await refresh(first.refreshToken)
    assert.equal(next.refreshTokenExpiresAt.getTime() - first.refreshTokenExpiresAt.getTime(), dayMs)
    assert.deepEqual(
      issued.map(({ isGuest, emailVerified }) => ({ isGuest, emailVerified })),
      Array.from({ length: 2 }, () => ({ isGuest: true, emailVerified: false })),
    )
    removeUser()
    await assert.rejects(refresh(next.refreshToken), ended)
  })

  it('is not renewed where the guest is removed at that moment', async () => {
    const { start, refresh } = startSessions(guest, { keepGuest: async () => null })
    const { refreshToken } = await start(guest)
    await assert.rejects(refresh(refreshToken), ended)
  })

  it('is that of an account once there is one', async () => {
    const { start, issued } = startSessions()
    await start(user)
    assert.equal(issued[0]!.isGuest, false)
  })
})

describe('the sessions of a user', () => {
  it('end all together but for one, and are known as ended while their tokens live', async () => {
    const { start, endAll, refresh, list, listEnded, announced, pass } = startSessions()
    const [kept, other] = [await start(user), await start(user)]
    await endAll(user._id, kept.id)
    await assert.rejects(refresh(other.refreshToken), ended)
    assert.deepEqual(
      (await list(user._id)).map(({ _id }) => _id),
      [kept.id],
    )
    assert.deepEqual(await listEnded(), [other.id])
    assert.deepEqual(announced, [other.id])
    pass(11 * 60_000 + 1)
    assert.deepEqual(await listEnded(), [])
  })

  it('are as many as may be: with another one the oldest ends', async () => {
    const { start, pass, listEnded } = startSessions()
    const first = await start(user)
    for (let more = 0; more < 3; more++) {
      pass(1_000)
      await start(user)
    }
    assert.deepEqual(await listEnded(), [first.id])
  })

  it('say when each was used last, from its beginning on', async () => {
    const { start, refresh, list, pass } = startSessions()
    const { refreshToken } = await start(user)
    const [begun] = await list(user._id)
    assert.deepEqual(begun!.lastUsedAt, begun!.createdAt)
    pass(dayMs)
    await refresh(refreshToken)
    const [used] = await list(user._id)
    assert.equal(used!.lastUsedAt.getTime() - used!.createdAt.getTime(), dayMs)
  })

  it('say what began each, or refreshed it last', async () => {
    const { start, refresh, list } = startSessions()
    const { refreshToken } = await start(user, 'Firefox on Linux')
    assert.equal((await list(user._id))[0]!.client, 'Firefox on Linux')
    await refresh(refreshToken, 'earshot-cli on macOS')
    assert.equal((await list(user._id))[0]!.client, 'earshot-cli on macOS')
  })

  it('are listed while they can be refreshed, and forgotten a day after they are over', async () => {
    const { start, refresh, endOne, list, forgetOver, store, pass } = startSessions()
    const idle = await start(user)
    pass(29 * dayMs)
    const [kept, over] = [await start(user), await start(user)]
    await endOne(user._id, over.id)
    pass(dayMs)
    assert.deepEqual(
      (await list(user._id)).map(({ _id }) => _id),
      [kept.id],
    )
    await assert.rejects(refresh(idle.refreshToken), { code: 'SESSION_ENDED' })
    const stored = async () => {
      await forgetOver()
      return new Set(store.sessions.keys())
    }
    assert.deepEqual(await stored(), new Set([idle.id, kept.id, over.id]))
    pass(1)
    assert.deepEqual(await stored(), new Set([idle.id, kept.id]))
    pass(dayMs)
    assert.deepEqual(await stored(), new Set([kept.id]))
  })

  it('are not begun by a password that was changed while it was checked', async () => {
    const { start, changePassword, list } = startSessions()
    changePassword()
    await assert.rejects(start(user), { code: 'INVALID_CREDENTIALS' })
    assert.deepEqual(await list(user._id), [])
  })
})
