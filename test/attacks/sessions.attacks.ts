/** Refresh tokens that were stolen, replayed or made up, and what is left of a session once it is over. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import * as operations from '#schema/generated/operations.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { createApiClient, type ApiClient } from '#test/harness/api-client.ts'
import { testPassword, type ApiUser } from '#test/harness/api-user.ts'
import { judgeLogs, signUpWatched, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { openLiveSocket } from './raw-socket.ts'
import { reportAlone } from './report-attack.ts'
import { tokenDoors } from './token-doors.ts'

let attacked: AttackedSystem
before(async () => {
  attacked = await startAttackedSystem()
})
after(() => attacked[Symbol.asyncDispose]())

const hashOf = (refreshToken: string) => createHash('sha256').update(refreshToken).digest('base64url')

async function newUser(): Promise<ApiUser> {
  const user = await signUpWatched(attacked)
  return user
}

/** Without an access token, as a thief of the refresh token alone has none. */
const stranger = () => createApiClient(attacked.origin)

async function refresh(refreshToken: string) {
  const { refreshSession } = await stranger().run(operations.RefreshSessionDocument, {
    input: { refreshToken },
  })
  const { session } = refreshSession
  for (const secret of [session!.refreshToken, session!.accessToken]) attacked.secrets.add(secret)
  return session!
}

const refusedRefresh = async (refreshToken: string) =>
  await stranger().refusal(operations.RefreshSessionDocument, { input: { refreshToken } })

/** A replaced token gives its successor once more for some seconds; these are over then. */
async function letGraceEnd(refreshToken: string): Promise<void> {
  const tokens = attacked.database.collection<{ _id: string; usedAt: Date }>('refreshTokens')
  const usedAt = new Date(Date.now() - 11_000)
  const { modifiedCount } = await tokens.updateOne({ _id: hashOf(refreshToken) }, { $set: { usedAt } })
  assert.equal(modifiedCount, 1)
}

/** Every place that takes an access token, but for one: a socket is renewed by its own user alone. */
const doors = Object.entries(tokenDoors).filter(([name]) => name !== 'in the ping that renews one')

/** Each refuses this token as soon as it has heard. */
async function assertOver(token: string): Promise<void> {
  const authorization = `Bearer ${token}`
  for (const [name, { refusal, knock }] of doors) {
    const outcome = async () => await knock(attacked, authorization, authorization)
    await waitUntil(`an ended session is refused ${name}`, async () => (await outcome()) === refusal)
  }
}

describe('a refresh token that was stolen', () => {
  it('ends its session for the user and the thief, everywhere, when the second of them comes with it', async () => {
    const [user, bystander] = [await newUser(), await newUser()]
    const live = await openLiveSocket(attacked.origin, `Bearer ${user.api.token}`)
    const first = await refresh(user.refreshToken)
    await letGraceEnd(user.refreshToken)
    assert.equal(await refusedRefresh(user.refreshToken), 'SESSION_ENDED')
    assert.equal(await refusedRefresh(first.refreshToken), 'SESSION_ENDED', 'the first is told, too')
    assert.equal(await live.closed, 4403)
    for (const token of [user.api.token!, first.accessToken]) await assertOver(token)
    await refresh(bystander.refreshToken)
  })

  it('gives a thief that comes at once no session of its own', async () => {
    const user = await newUser()
    const successors = await Promise.all(
      Array.from({ length: 10 }, async () => (await refresh(user.refreshToken)).refreshToken),
    )
    assert.equal(new Set(successors).size, 1)
    // Who used the successor has replaced it: the other one's use of it ends the session.
    await refresh(successors[0]!)
    await letGraceEnd(successors[0]!)
    assert.equal(await refusedRefresh(successors[1]!), 'SESSION_ENDED')
  })

  it('lets its user end the session by any token that it ever had', async () => {
    const user = await newUser()
    const stolen = await refresh((await refresh(user.refreshToken)).refreshToken)
    await stranger().run(operations.SignOutDocument, { input: { refreshToken: user.refreshToken } })
    assert.equal(await refusedRefresh(stolen.refreshToken), 'SESSION_ENDED')
    await assertOver(stolen.accessToken)
  })
})

describe('a refresh token that nobody gave out', () => {
  it('is no session’s, whatever it is made of', async (t) => {
    const user = await newUser()
    const forged: Readonly<Record<string, string>> = {
      empty: '',
      random: randomBytes(32).toString('base64url'),
      'what the database holds of a real one': hashOf(user.refreshToken),
      'the beginning of a real one': user.refreshToken.slice(0, -1),
      'a real one and more': `${user.refreshToken}A`,
      'a real one in other letters': user.refreshToken.toUpperCase(),
      'a real one after a space': ` ${user.refreshToken}`,
      'an access token': user.api.token!,
      'an operator': '{"$ne":null}',
    }
    for (const [what, token] of Object.entries(forged))
      assert.equal(await refusedRefresh(token), 'SESSION_ENDED', what)
    await refresh(user.refreshToken)
    await reportAlone(t, 'refresh tokens that were made up', Object.keys(forged).length)
  })
})

/** Another session of the same user. */
async function signInAgain({ email }: ApiUser): Promise<ApiClient> {
  const { signIn } = await stranger().run(operations.SignInDocument, {
    input: { email, password: testPassword },
  })
  attacked.secrets.add(signIn.session!.accessToken).add(signIn.session!.refreshToken)
  return createApiClient(attacked.origin, signIn.session!.accessToken)
}

const waysToEnd: Readonly<Record<string, (user: ApiUser) => Promise<unknown>>> = {
  'is signed out of': ({ api, refreshToken }) =>
    api.run(operations.SignOutDocument, { input: { refreshToken } }),
  'is ended from another one': async (user) => {
    const { me } = await user.api.run(operations.SessionsDocument, {})
    const input = { sessionId: me!.sessions![0]!.id }
    await (await signInAgain(user)).run(operations.EndSessionDocument, { input })
  },
  'is ended with all others': ({ api }) => api.run(operations.EndAllSessionsDocument, {}),
  'has another password since': async (user) => {
    const input = { currentPassword: testPassword, newPassword: `${testPassword} and another` }
    await (await signInAgain(user)).run(operations.ChangePasswordDocument, { input })
  },
}

describe('a session', () => {
  for (const [way, end] of Object.entries(waysToEnd))
    it(`is over for each of its tokens, and its sockets close, once it ${way}`, async () => {
      const user = await newUser()
      const live = await openLiveSocket(attacked.origin, `Bearer ${user.api.token}`)
      await end(user)
      assert.equal(await live.closed, 4403)
      await assertOver(user.api.token!)
      assert.equal(await refusedRefresh(user.refreshToken), 'SESSION_ENDED')
    })
})

it('what was sent of sessions stands in no log', () => judgeLogs(attacked))
