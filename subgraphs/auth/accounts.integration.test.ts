import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startAuth, type RunningAuth } from '#auth/testing/running-auth.ts'

const [password, other] = ['correct horse battery staple', 'another long sentence of words']

interface Person {
  readonly id: string
  readonly sessionId: string
  readonly token: string
  readonly refreshToken: string
}

/** What the tests ask of a running auth subgraph. */
function clientOf(running: () => RunningAuth) {
  const mutate = (field: string, input: object | null, selection: string, token?: string) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    const query = input
      ? `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`
      : `mutation { ${field} { ${selection} } }`
    return running().ask(query, input ? { input } : {}, token === undefined ? {} : { token })
  }
  const begin = async (field: string, input: object): Promise<Person> => {
    const { data, code } = await mutate(field, input, 'session { id accessToken refreshToken user { id } }')
    assert.equal(code, undefined)
    const { session } = data![field] as unknown as {
      session: { id: string; accessToken: string; refreshToken: string; user: { id: string } }
    }
    const { id, accessToken, refreshToken, user } = session
    return { id: user.id, sessionId: id, token: accessToken, refreshToken }
  }
  const ofMailer = async (id: string, field: string): Promise<string> => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${field} } } }`
    const representations = [{ __typename: 'User', id }]
    const { data } = await running().ask(query, { representations }, { caller: 'mailer' })
    return (data!['_entities'] as unknown as Record<string, string>[])[0]![field]!
  }
  return {
    mutate,
    ofMailer,
    signUp: (email: string, chosen = password) => begin('signUp', { email, password: chosen }),
    signIn: (email: string, chosen = password) => begin('signIn', { email, password: chosen }),
    refused: async (email: string, chosen: string) =>
      (await mutate('signIn', { email, password: chosen }, 'session { id }')).code,
    /** As somebody who has the mail, and this besides. */
    verify: async (person: Person, { session, ...tried }: { session?: string; password?: string }) => {
      const input = { token: await ofMailer(person.id, 'emailVerificationToken'), ...tried }
      return (await mutate('verifyEmail', input, 'user { id }', session)).code
    },
    isVerified: async ({ id }: Person) =>
      (await running()
        .mongo.database.collection<{ _id: string; emailVerified: boolean }>('users')
        .findOne({ _id: id }))!.emailVerified,
    codeOfMe: async ({ token }: Person) => (await running().ask('{ me { id } }', {}, { token })).code,
    codeOfRefresh: async ({ refreshToken }: Person) =>
      (await mutate('refreshSession', { refreshToken }, 'session { id }')).code,
  }
}

describe('an account', () => {
  let auth: RunningAuth
  const client = clientOf(() => auth)
  const { mutate, ofMailer, signUp, signIn, refused, verify, isVerified, codeOfMe, codeOfRefresh } = client
  before(async () => void (auth = await startAuth(undefined, undefined, { SESSIONS_PER_USER: '3' })))
  after(() => auth[Symbol.asyncDispose]())

  it('that has not proven its address loses it, with its sessions, to the one who proves it', async () => {
    const squatter = await signUp('owner@example.com', other)
    const owner = await signUp('owner@example.com')
    assert.equal(await codeOfMe(squatter), undefined)
    assert.equal(await verify(owner, { password }), undefined)
    assert.equal(await codeOfMe(squatter), 'UNAUTHENTICATED')
    assert.equal(await codeOfRefresh(squatter), 'SESSION_ENDED')
    assert.equal(await refused('owner@example.com', other), 'INVALID_CREDENTIALS')
    assert.equal((await signIn('owner@example.com')).id, owner.id)
    assert.equal(await verify(squatter, { password: other }), 'EMAIL_TAKEN')
    const late = await mutate('signUp', { email: 'owner@example.com', password: other }, 'session { id }')
    assert.equal(late.code, 'EMAIL_TAKEN')
  })

  it("is not verified by the inbox's owner for the stranger who made it", async () => {
    const stranger = await signUp('not-mine@example.com', other)
    const owner = await signUp('owner-too@example.com')
    const attempts = [{}, { session: owner.token }, { password }, { session: owner.token, password }]
    const codes = []
    for (const attempt of attempts) codes.push(await verify(stranger, attempt))
    const [none, wrong] = ['UNAUTHENTICATED', 'INVALID_CREDENTIALS']
    assert.deepEqual(codes, [none, none, wrong, wrong])
    assert.equal(await isVerified(stranger), false)
  })

  it('is verified by the mail with its password, or with its own session, and again', async () => {
    const [byPassword, bySession] = [
      await signUp('by-word@example.com'),
      await signUp('by-token@example.com'),
    ]
    for (const _ of [1, 2]) {
      assert.equal(await verify(byPassword, { password }), undefined)
      assert.equal(await verify(bySession, { session: bySession.token, password: 'any' }), undefined)
    }
    assert.equal(await verify(byPassword, {}), 'UNAUTHENTICATED')
    assert.deepEqual([await isVerified(byPassword), await isVerified(bySession)], [true, true])
  })

  it('gets a new password by its inbox once, and all its sessions end', async () => {
    const person = await signUp('forgetful@example.com')
    assert.equal(await verify(person, { session: person.token }), undefined)
    const ask = (email: string) => mutate('requestPasswordReset', { email }, 'requested')
    const [known, unknown] = [await ask('forgetful@example.com'), await ask('nobody@example.com')]
    assert.deepEqual(known, unknown)
    const earlier = await ofMailer(person.id, 'passwordResetToken')
    const token = await ofMailer(person.id, 'passwordResetToken')
    const stored = JSON.stringify(await auth.mongo.database.collection('users').find().toArray())
    assert.equal(stored.includes(token.split('.')[1]!), false)
    const reset = async (tried: string, newPassword = other) =>
      (await mutate('resetPassword', { token: tried, newPassword }, 'user { emailVerified }')).code
    assert.equal(await reset(`${token.slice(0, -4)}AAAA`), 'PASSWORD_RESET_TOKEN_INVALID')
    assert.equal(await reset(token, 'Password1234'), 'BAD_USER_INPUT')
    const codes = await Promise.all([reset(token), reset(token), reset(token)])
    assert.equal(codes.filter((code) => code === undefined).length, 1)
    assert.equal(await reset(earlier), 'PASSWORD_RESET_TOKEN_INVALID')
    assert.equal(await codeOfMe(person), 'UNAUTHENTICATED')
    assert.equal(await codeOfRefresh(person), 'SESSION_ENDED')
    assert.equal(await refused('forgetful@example.com', password), 'INVALID_CREDENTIALS')
    assert.equal((await signIn('forgetful@example.com', other)).id, person.id)
  })

  it('is begun anew by a reset where nobody had proven it: what a stranger put into it is not the inbox’s owner’s', async () => {
    const stranger = await signUp('squatted@example.com')
    const token = await ofMailer(stranger.id, 'passwordResetToken')
    const reset = () =>
      mutate('resetPassword', { token, newPassword: other }, 'user { id email emailVerified }')
    const answers = await Promise.all([reset(), reset(), reset()])
    assert.equal(answers.filter(({ code }) => code === undefined).length, 1)
    const owner = await signIn('squatted@example.com', other)
    assert.notEqual(owner.id, stranger.id)
    assert.equal(await isVerified(owner), true)
    assert.equal(await codeOfMe(stranger), 'UNAUTHENTICATED')
    const { database } = auth.mongo
    assert.equal(await database.collection<{ _id: string }>('users').countDocuments({ _id: stranger.id }), 0)
    const removal = await database.collection('removals').findOne({ userId: stranger.id })
    assert.equal(removal?.['cause'], 'BEGUN_ANEW')
  })

  it('has no token for anybody but the mailer', async () => {
    const person = await signUp('private@example.com')
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { passwordResetToken } } }'
    const representations = [{ __typename: 'User', id: person.id }]
    const { code } = await auth.ask(query, { representations }, { token: person.token })
    assert.equal(code, 'NOT_FOUND')
  })

  it('is not given away by a link of more than an hour ago', async () => {
    await using late = await startAuth()
    const { signUp: signUpThere, ofMailer: ofMailerThere, mutate: mutateThere } = clientOf(() => late)
    const person = await signUpThere('late@example.com')
    const token = await ofMailerThere(person.id, 'passwordResetToken')
    late.pass(3_600_001)
    const answer = await mutateThere('resetPassword', { token, newPassword: other }, 'user { id }')
    assert.equal(answer.code, 'PASSWORD_RESET_TOKEN_INVALID')
  })

  it('changes its password by the old one, and keeps the session that did', async () => {
    const person = await signUp('changing@example.com')
    const elsewhere = await signIn('changing@example.com')
    const change = async (currentPassword: string) =>
      (await mutate('changePassword', { currentPassword, newPassword: other }, 'user { id }', person.token))
        .code
    assert.equal(await change('not the password'), 'INVALID_CREDENTIALS')
    assert.equal(await change(password), undefined)
    assert.equal(await codeOfMe(person), undefined)
    assert.equal(await codeOfMe(elsewhere), 'UNAUTHENTICATED')
    assert.equal(await refused('changing@example.com', password), 'INVALID_CREDENTIALS')
  })

  it('shows its sessions, and ends one, all, and the oldest of too many', async () => {
    const first = await signUp('many@example.com')
    const [second, third] = [await signIn('many@example.com'), await signIn('many@example.com')]
    const list = async ({ token }: Person) => {
      const { data } = await auth.ask('{ me { sessions { id current } } }', {}, { token })
      return (data!['me'] as unknown as { sessions: { id: string; current: boolean }[] }).sessions
    }
    assert.deepEqual(
      new Map((await list(second)).map(({ id, current }) => [id, current])),
      new Map([first, second, third].map(({ sessionId }) => [sessionId, sessionId === second.sessionId])),
    )
    const stranger = await signUp('stranger@example.com')
    await mutate('endSession', { sessionId: third.sessionId }, 'ended', stranger.token)
    assert.equal(await codeOfMe(third), undefined)
    await mutate('endSession', { sessionId: third.sessionId }, 'ended', second.token)
    assert.equal(await codeOfMe(third), 'UNAUTHENTICATED')
    await signIn('many@example.com')
    await signIn('many@example.com')
    assert.equal(await codeOfMe(first), 'UNAUTHENTICATED')
    await mutate('endAllSessions', null, 'ended', second.token)
    assert.equal(await codeOfMe(second), 'UNAUTHENTICATED')
    const { data } = await auth.ask('{ endedSessions }')
    const ended = data!['endedSessions'] as unknown as string[]
    assert.ok([first, second, third].every(({ sessionId }) => ended.includes(sessionId)))
    assert.equal((await auth.ask('{ endedSessions }', {}, { token: stranger.token })).code, 'NOT_FOUND')
  })

  it('is told what each of its sessions was begun by, or refreshed by last', async () => {
    const { token, refreshToken } = await signUp('where@example.com')
    const clients = async () => {
      const { data } = await auth.ask('{ me { sessions { client } } }', {}, { token })
      return (data!['me'] as unknown as { sessions: { client: string | null }[] }).sessions
    }
    assert.deepEqual(await clients(), [{ client: null }])
    const refresh = (userAgent: string) =>
      auth.ask(
        'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { session { id } } }',
        { input: { refreshToken } },
        { userAgent },
      )
    await refresh('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0')
    assert.deepEqual(await clients(), [{ client: 'Firefox on Linux' }])
  })

  it('ends by its password, with its sessions and its claim to the address, and by nobody else’s', async () => {
    const [person, stranger] = [
      await signUp('leaving@example.com'),
      await signUp('staying@example.com', other),
    ]
    const end = (tried: string, token?: string) =>
      mutate('deleteAccount', { password: tried }, 'deletedId', token)
    assert.equal((await end(password)).code, 'UNAUTHENTICATED')
    assert.equal((await end(other, person.token)).code, 'INVALID_CREDENTIALS')
    assert.equal((await end(password, stranger.token)).code, 'INVALID_CREDENTIALS')
    assert.equal(await codeOfMe(person), undefined)
    const elsewhere = await signIn('leaving@example.com')
    assert.deepEqual((await end(password, person.token)).data, { deleteAccount: { deletedId: person.id } })
    for (const session of [person, elsewhere]) {
      assert.equal(await codeOfMe(session), 'UNAUTHENTICATED')
      assert.equal(await codeOfRefresh(session), 'SESSION_ENDED')
    }
    assert.equal((await end(password, person.token)).code, 'UNAUTHENTICATED')
    assert.equal(await refused('leaving@example.com', password), 'INVALID_CREDENTIALS')
    assert.equal(await codeOfMe(stranger), undefined)
    assert.notEqual((await signUp('leaving@example.com', other)).id, person.id)
  })

  it('has its verification mail sent again when it asks, and nobody else does', async () => {
    const person = await signUp('asking@example.com')
    const again = await mutate('requestEmailVerification', null, 'requested', person.token)
    assert.deepEqual(again.data, { requestEmailVerification: { requested: true } })
    assert.equal((await mutate('requestEmailVerification', null, 'requested')).code, 'UNAUTHENTICATED')
  })
})
