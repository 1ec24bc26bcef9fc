import assert from 'node:assert/strict'
import { once, EventEmitter } from 'node:events'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { connect, type ConsumeMessage } from 'amqplib'
import { importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { signAssertion } from '#runtime/tokens/assertion.ts'
import {
  issuer,
  makeSigningKey,
  startAuth,
  type Answer,
  type RunningAuth,
} from '#auth/testing/running-auth.ts'

const session = 'session { id accessToken refreshToken user { id email emailVerified } }'
const password = 'correct horse battery staple'
const at = (answer: Answer, ...path: string[]): string => {
  let value: unknown = answer.data
  for (const step of path) value = (value as Record<string, unknown>)[step]
  return value as string
}

const entity =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { email emailVerified } } }'
const tokenOf =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { emailVerificationToken } } }'

/** What the tests ask of a running auth subgraph. */
function clientOf(running: () => RunningAuth) {
  let people = 0
  const signUp = async (email = `user-${people++}@example.com`) => {
    const input = { email, password }
    const answer = await running().ask(
      `mutation ($input: SignUpInput!) { signUp(input: $input) { ${session} } }`,
      { input },
    )
    return {
      answer,
      email,
      accessToken: answer.data ? at(answer, 'signUp', 'session', 'accessToken') : '',
      refreshToken: answer.data ? at(answer, 'signUp', 'session', 'refreshToken') : '',
    }
  }
  const signIn = (email: string, tried: string) =>
    running().ask(`mutation ($input: SignInInput!) { signIn(input: $input) { ${session} } }`, {
      input: { email, password: tried },
    })
  const refresh = (refreshToken: string) =>
    running().ask(
      `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { ${session} } }`,
      {
        input: { refreshToken },
      },
    )
  const signOut = (refreshToken: string) =>
    running().ask('mutation ($input: SignOutInput!) { signOut(input: $input) { signedOut } }', {
      input: { refreshToken },
    })
  const me = (token: string) => running().ask('{ me { id email } }', {}, { token })
  const successor = (answer: Answer) => at(answer, 'refreshSession', 'session', 'refreshToken')
  return { signUp, signIn, refresh, signOut, me, successor }
}

describe('the auth subgraph', () => {
  let auth: RunningAuth
  const client = clientOf(() => auth)
  const { signUp, signIn, refresh, signOut, me, successor } = client
  before(async () => void (auth = await startAuth()))
  after(() => auth[Symbol.asyncDispose]())

  it('makes an account whose access token is good at once', async () => {
    const { accessToken, email } = await signUp()
    assert.equal(at(await me(accessToken), 'me', 'email'), email)
    assert.equal((await auth.ask('{ me { id } }')).data?.['me'], null)
  })

  it('tells who signs up twice with one password so, whatever the case of the address’s letters', async () => {
    const addresses = ['taken@example.com', 'Taken@Example.com', 'TAKEN@EXAMPLE.COM']
    const answers = await Promise.all(addresses.map((email) => signUp(email)))
    const codes = answers.map(({ answer }) => answer.code).filter((code) => code !== undefined)
    assert.deepEqual(codes, ['EMAIL_TAKEN', 'EMAIL_TAKEN'])
  })

  it('refuses what is no address or language, and passwords that are too short or long', async () => {
    for (const input of [
      { email: 'nobody', password },
      { email: 'a@example.com', password: 'short' },
      { email: 'a@example.com', password: 'x'.repeat(129) },
      { email: 'a@example.com', password, locale: 'german' + '-german'.repeat(6) },
      { email: 'a@example.com', password, locale: 'de' + '-german'.repeat(6) },
    ]) {
      const answer = await auth.ask(
        'mutation ($input: SignUpInput!) { signUp(input: $input) { session { id } } }',
        { input },
      )
      assert.equal(answer.code, 'BAD_USER_INPUT')
    }
  })

  it('signs in with the password alone, and does not tell which of the two was wrong', async () => {
    const { email } = await signUp()
    assert.equal((await signIn(email.toUpperCase(), password)).code, undefined)
    assert.equal((await signIn(email, `${password}!`)).code, 'INVALID_CREDENTIALS')
    assert.equal((await signIn('nobody@example.com', password)).code, 'INVALID_CREDENTIALS')
  })

  it('gives who signs in a session whatever token comes along, and nothing that is for that token alone', async () => {
    const { email } = await signUp()
    const query = `mutation ($input: SignInInput!) {
      signIn(input: $input) { session { refreshToken user { id sessions { id } } } }
    }`
    const input = { email, password }
    for (const token of ['', (await signUp()).accessToken]) {
      const answer = await auth.ask(query, { input }, token ? { token } : {})
      assert.equal(at(answer, 'signIn', 'session', 'refreshToken').length, 43)
      assert.equal(at(answer, 'signIn', 'session', 'user', 'sessions'), null)
      assert.equal(answer.code, token ? 'NOT_FOUND' : 'UNAUTHENTICATED')
    }
  })

  it('signs in, up and out whoever still sends the token of a session that has ended', async () => {
    const { email, accessToken: token, refreshToken } = await signUp()
    await signOut(refreshToken)
    assert.deepEqual(await me(token), { status: 401, code: 'UNAUTHENTICATED' })
    const mutate = (field: string, input: object, selection: string) =>
      auth.ask(
        `mutation ($input: ${field[0]!.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`,
        { input },
        { token },
      )
    const signedIn = await mutate('signIn', { email, password }, session)
    assert.equal(signedIn.code, undefined)
    assert.equal(
      (await mutate('signUp', { email: 'once-more@example.com', password }, session)).code,
      undefined,
    )
    const newest = at(signedIn, 'signIn', 'session', 'refreshToken')
    assert.equal((await mutate('signOut', { refreshToken: newest }, 'signedOut')).code, undefined)
    assert.equal((await mutate('endSession', { sessionId: 'any' }, 'ended')).code, 'UNAUTHENTICATED')
  })

  it('gives one successor to many who trade the same refresh token at once', async () => {
    const { refreshToken } = await signUp()
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)))
    const successors = new Set(answers.map(successor))
    assert.equal(successors.size, 1)
    assert.equal((await refresh([...successors][0]!)).code, undefined)
  })

  it('signs out by any token of the session, as often as it is told', async () => {
    const { refreshToken } = await signUp()
    const newest = successor(await refresh(refreshToken))
    assert.equal(at(await signOut(refreshToken), 'signOut', 'signedOut'), true)
    assert.equal((await refresh(newest)).code, 'SESSION_ENDED')
    assert.equal((await signOut(newest)).code, undefined)
    assert.equal((await signOut('nonsense')).code, undefined)
  })

  it('refuses tokens that are expired, forged, unsigned, or meant for something else', async () => {
    const [key] = auth.keys
    const sid = at((await signUp()).answer, 'signUp', 'session', 'id')
    const make = async (
      signer: object,
      claims: { audience?: string; issuer?: string; typ?: string; age?: number },
    ) => {
      const issuedAt = Math.floor(Date.now() / 1000) - (claims.age ?? 0)
      return await new SignJWT({ sid })
        .setProtectedHeader({ alg: 'EdDSA', kid: key!.kid, typ: claims.typ ?? 'at+jwt' })
        .setIssuer(claims.issuer ?? issuer)
        .setAudience(claims.audience ?? 'earshot-api')
        .setSubject('somebody')
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 600)
        .sign(await importJWK(signer, 'EdDSA'))
    }
    assert.equal((await me(await make(key!, {}))).status, 200, 'the test makes good tokens')
    const bad = [
      await make(key!, { age: 700 }),
      await make(makeSigningKey('key-1'), {}),
      await make(key!, { audience: 'earshot-verify-email' }),
      await make(key!, { issuer: 'https://elsewhere.test' }),
      await make(key!, { typ: 'JWT' }),
      new UnsecuredJWT({ sid })
        .setIssuer(issuer)
        .setAudience('earshot-api')
        .setSubject('x')
        .setIssuedAt()
        .setExpirationTime('5m')
        .encode(),
      'nonsense',
    ]
    for (const token of bad) assert.deepEqual(await me(token), { status: 401, code: 'UNAUTHENTICATED' })
  })

  it('answers nobody without a proof that is fresh, for this body, and for this subgraph', async () => {
    const wrong = [Buffer.alloc(32, 1)] as [Buffer]
    const subject = (body: string) => ({ caller: 'router', subgraph: 'auth', body, userToken: '' })
    const assertions = [
      null,
      () => 'v3.router.1.x',
      (body: string) => signAssertion(subject(body), wrong),
      (body: string) => signAssertion({ ...subject(body), caller: 'stranger' }, wrong),
      (body: string) => signAssertion(subject(body), auth.routerKeys, Date.now() - 31_000),
      (body: string) => signAssertion({ ...subject(body), subgraph: 'media' }, auth.routerKeys),
      () => signAssertion(subject('{"query":"{ me { email } }"}'), auth.routerKeys),
    ]
    for (const assertion of assertions) {
      assert.deepEqual(await auth.ask('{ me { id } }', {}, { assertion }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      })
    }
  })

  it('answers a proof once', async () => {
    let first = ''
    const keep = (body: string) =>
      (first ||= signAssertion({ caller: 'router', subgraph: 'auth', body, userToken: '' }, auth.routerKeys))
    const mutation = 'mutation { signOut(input: { refreshToken: "none" }) { signedOut } }'
    assert.notEqual((await auth.ask(mutation, {}, { assertion: keep })).status, 401)
    assert.deepEqual(await auth.ask(mutation, {}, { assertion: keep }), {
      status: 401,
      code: 'UNAUTHENTICATED',
    })
  })

  it('takes no name for a caller that is none, whatever objects inherit', async () => {
    for (const name of ['constructor', '__proto__', 'toString'])
      assert.deepEqual(
        await auth.ask('{ me { id } }', {}, { assertion: () => `v3.${name}.${Date.now()}..A.A` }),
        {
          status: 401,
          code: 'UNAUTHENTICATED',
        },
      )
  })

  it('lets the mailer ask for addresses, and for nothing else', async () => {
    for (const other of [
      'mutation { signOut(input: { refreshToken: "none" }) { signedOut } }',
      '{ me { id } }',
      '{ ...all } fragment all on Query { me { id } }',
    ])
      assert.equal((await auth.ask(other, {}, { caller: 'mailer' })).code, 'UNAUTHENTICATED')
    const { answer } = await signUp()
    const representations = [
      { __typename: 'User', id: { $ne: at(answer, 'signUp', 'session', 'user', 'id') } },
    ]
    const asked = await auth.ask(entity, { representations }, { caller: 'mailer' })
    assert.equal(asked.data?.['_entities']?.[0] ?? null, null)
  })

  it('tells the mailer anybody’s address, and clients their own alone', async () => {
    const [one, other] = [await signUp(), await signUp()]
    const id = at(other.answer, 'signUp', 'session', 'user', 'id')
    const representations = [{ __typename: 'User', id }]
    const asMailer = await auth.ask(entity, { representations }, { caller: 'mailer' })
    assert.deepEqual(asMailer.data?.['_entities'], [{ email: other.email, emailVerified: false }])
    assert.equal((await auth.ask(entity, { representations }, { token: one.accessToken })).code, 'NOT_FOUND')
    assert.equal(
      (await auth.ask(tokenOf, { representations }, { token: other.accessToken })).code,
      'NOT_FOUND',
    )
  })

  it('asks for a verification mail by an event that carries the id of the request', async () => {
    const connection = await connect(auth.vhost.url)
    const channel = await connection.createChannel()
    const arrived = new EventEmitter()
    const found = once(arrived, 'event')
    await channel.consume('mail', (message) => {
      channel.ack(message!)
      if (message!.properties.headers?.['requestId'] === 'a-request-of-its-own')
        arrived.emit('event', message)
    })
    const answer = await auth.ask(
      `mutation ($input: SignUpInput!) { signUp(input: $input) { ${session} } }`,
      { input: { email: 'asking@example.com', password } },
      { requestId: 'a-request-of-its-own' },
    )
    const [message] = (await found) as [ConsumeMessage]
    const { type, userId } = JSON.parse(message.content.toString()) as Record<string, string>
    assert.equal(message.fields.routingKey, 'user.emailVerificationRequested')
    assert.equal(type, 'emailVerificationRequested')
    assert.equal(userId, at(answer, 'signUp', 'session', 'user', 'id'))
    assert.equal(message.content.toString().includes('asking@example.com'), false)
    await connection.close()
  })

  it('publishes its keys without their secrets, and verifies by those that no longer sign', async () => {
    const [old, fresh] = [makeSigningKey('old'), makeSigningKey('new')]
    await using rotated = await startAuth([fresh, old])
    const keySet = (await (await fetch(`${rotated.origin}/.well-known/jwks.json`)).json()) as {
      keys: Record<string, string>[]
    }
    assert.deepEqual(
      keySet.keys.map((key) => key['kid']),
      ['new', 'old'],
    )
    assert.ok(keySet.keys.every((key) => key['d'] === undefined))
    const { answer } = await clientOf(() => rotated).signUp()
    const token = await new SignJWT({ sid: at(answer, 'signUp', 'session', 'id') })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'old', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience('earshot-api')
      .setSubject('somebody')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importJWK(old, 'EdDSA'))
    assert.equal((await rotated.ask('{ me { id } }', {}, { token })).status, 200)
  })

  it('gives the one successor of a token by every replica, while the signing key changes', async () => {
    const [old, fresh] = [makeSigningKey('old'), makeSigningKey('new')]
    await using current = await startAuth([old, fresh])
    await using changed = await startAuth([fresh, old], current)
    const [first, second] = [clientOf(() => current), clientOf(() => changed)]
    const { refreshToken } = await first.signUp()
    const answers = await Promise.all(
      [first, second, first, second].map((replica) => replica.refresh(refreshToken)),
    )
    assert.equal(new Set(answers.map(successor)).size, 1)
  })

  it('logs no address, password or token', async () => {
    const { email, refreshToken, accessToken } = await signUp()
    await signIn(email, 'a wrong password')
    for (const secret of [email, password, 'a wrong password', refreshToken, accessToken])
      assert.equal(auth.logged().includes(secret), false)
  })
})

describe('as time passes, the auth subgraph', () => {
  let auth: RunningAuth
  // A clock that runs ahead makes tokens of the future: each test has a clock of its own.
  beforeEach(async () => void (auth = await startAuth()))
  afterEach(() => auth[Symbol.asyncDispose]())
  const { signUp, refresh, successor } = clientOf(() => auth)

  it('ends the session when a token that was replaced long ago comes back', async () => {
    const { refreshToken } = await signUp()
    const newest = successor(await refresh(refreshToken))
    auth.pass(9_000)
    assert.equal(successor(await refresh(refreshToken)), newest)
    auth.pass(2_000)
    assert.equal((await refresh(refreshToken)).code, 'SESSION_ENDED')
    assert.equal((await refresh(newest)).code, 'SESSION_ENDED')
  })

  it('ends a refresh token that was not used for 30 days', async () => {
    const input = { email: 'slow@example.com', password }
    const made = await auth.ask(`mutation ($input: SignUpInput!) { signUp(input: $input) { ${session} } }`, {
      input,
    })
    auth.pass(30 * 24 * 3_600_000 + 1)
    const refreshToken = at(made, 'signUp', 'session', 'refreshToken')
    const answer = await auth.ask(
      `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { ${session} } }`,
      { input: { refreshToken } },
    )
    assert.equal(answer.code, 'SESSION_ENDED')
  })

  it('verifies an address by the token the mailer was given, once and for all', async () => {
    const { answer } = await signUp()
    const representations = [{ __typename: 'User', id: at(answer, 'signUp', 'session', 'user', 'id') }]
    const given = await auth.ask(tokenOf, { representations }, { caller: 'mailer' })
    const token = (given.data!['_entities'] as unknown as [{ emailVerificationToken: string }])[0]
      .emailVerificationToken
    const verify = (tried: string) =>
      auth.ask(
        'mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { user { emailVerified } } }',
        { input: { token: tried, password } },
      )
    for (const _ of [1, 2])
      assert.equal(at(await verify(token), 'verifyEmail', 'user', 'emailVerified'), true)
    assert.equal((await verify(`${token.slice(0, -4)}AAAA`)).code, 'VERIFICATION_TOKEN_INVALID')
    assert.equal(
      (await verify(at(answer, 'signUp', 'session', 'accessToken'))).code,
      'VERIFICATION_TOKEN_INVALID',
    )
    auth.pass(25 * 3_600_000)
    assert.equal((await verify(token)).code, 'VERIFICATION_TOKEN_INVALID')
  })
})
