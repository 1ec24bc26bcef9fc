import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { decodeJwt } from 'jose'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { startAuth, type AskOptions, type RunningAuth } from '#auth/testing/running-auth.ts'

const password = 'correct horse battery staple'
const selection =
  'session { id accessToken refreshToken refreshTokenExpiresAt user { id email emailVerified } }'
const dayMs = 86_400_000

interface SessionAnswer {
  readonly id: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly refreshTokenExpiresAt: string
  readonly user: { readonly id: string; readonly email: string | null; readonly emailVerified: boolean }
}

/** What the tests ask of a running auth subgraph. */
function clientOf(running: () => RunningAuth) {
  const begin = (options?: AskOptions) =>
    running().ask(`mutation { beginGuest { ${selection} } }`, {}, options)
  const mutate = async (field: string, input: object | null, selected = selection, token?: string) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    const query = input
      ? `mutation ($input: ${type}!) { ${field}(input: $input) { ${selected} } }`
      : `mutation { ${field} { ${selected} } }`
    const answer = await running().ask(query, input ? { input } : {}, token === undefined ? {} : { token })
    const { session } = (answer.data?.[field] ?? {}) as { session?: SessionAnswer }
    return { code: answer.code, session }
  }
  return {
    begin,
    mutate,
    newGuest: async () =>
      ((await begin()).data as unknown as { beginGuest: { session: SessionAnswer } }).beginGuest.session,
    signUp: (email: string, token?: string) => mutate('signUp', { email, password }, selection, token),
    refresh: (refreshToken: string) => mutate('refreshSession', { refreshToken }),
    me: async (token: string) => await running().ask('{ me { id email } }', {}, { token }),
    users: () => running().mongo.database.collection<UserDocument>('users'),
  }
}

describe('a guest', () => {
  let auth: RunningAuth
  const { begin, mutate, newGuest, signUp, refresh, me, users } = clientOf(() => auth)
  before(async () => void (auth = await startAuth()))
  after(() => auth[Symbol.asyncDispose]())

  it('has a session that says so, and no address', async () => {
    const { user, accessToken } = await newGuest()
    assert.deepEqual([user.email, user.emailVerified], [null, false])
    const { guest, email_verified: emailVerified, sub } = decodeJwt(accessToken)
    assert.deepEqual([guest, emailVerified, sub], [true, false, user.id])
    assert.deepEqual((await me(accessToken)).data?.['me'], { id: user.id, email: null })
  })

  it('is begun by the router for itself alone', async () => {
    const { accessToken } = await newGuest()
    const known = await users().countDocuments()
    assert.equal((await begin({ caller: 'mailer' })).code, 'UNAUTHENTICATED')
    assert.equal((await begin({ token: accessToken })).code, 'NOT_FOUND')
    assert.equal((await begin({ assertion: null })).code, 'UNAUTHENTICATED')
    assert.equal(await users().countDocuments(), known)
  })

  it('keeps its id when it signs up, and none of its tokens', async () => {
    const guest = await newGuest()
    const { session } = await signUp('was-a-guest@example.com', guest.accessToken)
    assert.deepEqual(session?.user, {
      id: guest.user.id,
      email: 'was-a-guest@example.com',
      emailVerified: false,
    })
    assert.equal(decodeJwt(session.accessToken)['guest'], false)
    assert.notEqual(session.id, guest.id)
    assert.equal((await me(guest.accessToken)).code, 'UNAUTHENTICATED')
    assert.equal((await refresh(guest.refreshToken)).code, 'SESSION_ENDED')
    assert.equal((await refresh(session.refreshToken)).session?.user.id, guest.user.id)
    const signedIn = await mutate('signIn', { email: 'was-a-guest@example.com', password })
    assert.equal(signedIn.session?.user.id, guest.user.id)
  })

  it('has the time of a new account to prove its address, however long it was a guest', async () => {
    const { accessToken, user } = await newGuest()
    await users().updateOne({ _id: user.id }, { $set: { createdAt: new Date(0) } })
    await signUp('late@example.com', accessToken)
    const account = await users().findOne({ _id: user.id })
    assert.ok(account!.createdAt.getTime() > Date.now() - dayMs)
    assert.deepEqual([account!.guestUntil, account!.emailVerified], [null, false])
  })

  it('signs up once, however many try with its token at once, and to no address that is taken', async () => {
    const { accessToken, user } = await newGuest()
    const known = await users().countDocuments()
    const tries = Array.from({ length: 5 }, (_, index) => signUp(`one-of-${index}@example.com`, accessToken))
    const codes = (await Promise.all(tries)).map(({ code }) => code)
    assert.equal(codes.filter((code) => code === undefined).length, 1)
    assert.equal(codes.filter((code) => code === 'UNAUTHENTICATED').length, 4)
    assert.equal(await users().countDocuments(), known)

    const other = await newGuest()
    const { email } = (await users().findOne({ _id: user.id }))!
    assert.equal((await signUp(email!, other.accessToken)).code, 'EMAIL_TAKEN')
    assert.equal((await users().findOne({ _id: other.user.id }))?.email, null)
    assert.equal((await me(other.accessToken)).code, undefined)
    assert.equal((await signUp('free@example.com', other.accessToken)).session?.user.id, other.user.id)
  })

  it('may claim an address that another account has not proven, as anybody may', async () => {
    await mutate('signUp', { email: 'claimed@example.com', password: 'another long sentence of words' })
    const { accessToken, user } = await newGuest()
    const { session } = await signUp('claimed@example.com', accessToken)
    assert.equal(session?.user.id, user.id)
    assert.equal((await users().findOne({ _id: user.id }))?.emailCanonical, `claim:${user.id}`)
  })

  it('leaves who signs up with the token of an account a new account', async () => {
    const { session: first } = await signUp('first@example.com')
    const { session: second } = await signUp('second@example.com', first!.accessToken)
    assert.notEqual(second!.user.id, first!.user.id)
    assert.equal((await me(first!.accessToken)).code, undefined)
  })

  it('is told what needs an account', async () => {
    const { accessToken, user } = await newGuest()
    const change = { currentPassword: '', newPassword: password }
    for (const [field, input, selected] of [
      ['requestEmailVerification', null, 'requested'],
      ['changePassword', change, 'user { id }'],
    ] as const)
      assert.equal((await mutate(field, input, selected, accessToken)).code, 'SIGN_UP_REQUIRED', field)
    const claim = { email: `claim:${user.id}`, password: '' }
    assert.equal((await mutate('signIn', claim)).code, 'INVALID_CREDENTIALS')
    assert.equal((await mutate('requestPasswordReset', { email: claim.email }, 'requested')).code, undefined)
    assert.deepEqual((await users().findOne({ _id: user.id }))?.outbox, [])
  })

  it('has nothing for the mailer: no address, no tokens', async () => {
    const { user } = await newGuest()
    const ofMailer = async (field: string) =>
      await auth.ask(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${field} } } }`,
        { representations: [{ __typename: 'User', id: user.id }] },
        { caller: 'mailer' },
      )
    assert.deepEqual((await ofMailer('email')).data?.['_entities'], [{ email: null }])
    for (const field of ['emailVerificationToken', 'passwordResetToken'])
      assert.equal((await ofMailer(field)).code, 'NOT_FOUND')
  })

  it('stays for 7 days after each refresh, and is over then', async () => {
    await using later = await startAuth(auth.keys, auth)
    const { ask, pass } = later
    const renew = async (refreshToken: string) => {
      const query = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { ${selection} } }`
      const { data, code } = await ask(query, { input: { refreshToken } })
      return { code, session: (data?.['refreshSession'] as { session: SessionAnswer } | undefined)?.session }
    }
    const guest = await newGuest()
    pass(6 * dayMs)
    const { session } = await renew(guest.refreshToken)
    const leftMs = Date.parse(session!.refreshTokenExpiresAt) - Date.parse(guest.refreshTokenExpiresAt)
    assert.equal(Math.round(leftMs / dayMs), 6)
    pass(7 * dayMs + 1_000)
    assert.equal((await renew(session!.refreshToken)).code, 'SESSION_ENDED')
  })
})

describe('guests', () => {
  let auth: RunningAuth
  const { begin, users } = clientOf(() => auth)
  const limits = { GUEST_ADDRESS_RATE: '2/h', GUEST_NETWORK_RATE: '3/h' }
  before(async () => void (auth = await startAuth(undefined, undefined, limits)))
  after(() => auth[Symbol.asyncDispose]())

  it('come from an address, and from a network, a few at a time', async () => {
    for (const [same, near, elsewhere] of [
      ['192.0.2.1', '192.0.2.2', '192.0.3.1'],
      ['2001:db8:1:1::1', '2001:db8:1:2::1', '2001:db8:2:1::1'],
    ] as const) {
      const known = await users().countDocuments()
      const many = await Promise.all(Array.from({ length: 5 }, () => begin({ clientAddress: same })))
      const refused = many.filter(({ code }) => code === 'TOO_MANY_REQUESTS')
      assert.equal(refused.length, 3)
      assert.ok(refused.every(({ details }) => details!.retryAfterMs! > 0))
      assert.equal((await begin({ clientAddress: near })).code, undefined)
      assert.equal((await begin({ clientAddress: near })).code, 'TOO_MANY_REQUESTS')
      assert.equal((await begin({ clientAddress: elsewhere })).code, undefined)
      assert.equal(await users().countDocuments(), known + 4)
    }
  })
})
