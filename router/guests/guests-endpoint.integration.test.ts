import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { publicUrl, startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

const json = { 'content-type': 'application/json' }

describe('a visitor without an account', () => {
  let rig: RouterRig
  before(async () => {
    rig = await startRouterRig({
      settings: { TRUSTED_PROXIES: '127.0.0.0/8', ALLOWED_ORIGINS: 'https://app.example' },
    })
  })
  after(() => rig[Symbol.asyncDispose]())

  const come = (headers: Readonly<Record<string, string>>, body: string | null = '{}') =>
    fetch(`${rig.origin}/guests`, { method: 'POST', headers, body })
  const codeOf = async (response: Response) =>
    ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code

  it('has the session of a guest, as signUp answers one, begun for the address it comes from', async () => {
    const response = await come({ ...json, 'x-forwarded-for': '203.0.113.9' })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    const { session, nextStep } = (await response.json()) as { session: { user: object }; nextStep: null }
    assert.equal(nextStep, null)
    assert.deepEqual(session, {
      id: 'session-of-guest',
      accessToken: 'access',
      accessTokenExpiresAt: '1970-01-01T00:00:00.000Z',
      refreshToken: 'refresh',
      refreshTokenExpiresAt: '1970-01-01T00:00:00.000Z',
      user: {
        id: 'guest',
        email: null,
        emailVerified: false,
        locale: 'en',
        createdAt: '1970-01-01T00:00:00.000Z',
      },
    })
    assert.deepEqual(rig.auth.guests.at(-1), {
      clientAddress: '203.0.113.9',
      userAgent: 'node',
      requestId: response.headers.get('x-request-id'),
    })
  })

  it('is one whatever token it sends along', async () => {
    const authorization = await rig.tokens.bearer('ada', {})
    assert.equal((await come({ ...json, authorization })).status, 200)
    assert.equal((await come({ ...json, authorization: 'Bearer nonsense' })).status, 200)
  })

  it('is not brought by a page of another origin, which may post only what needs no preflight', async () => {
    const known = rig.auth.guests.length
    const kinds = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']
    for (const kind of [...kinds, 'text/plain; application/json', 'application/jsonp', '']) {
      const response = await come({ 'content-type': kind })
      assert.deepEqual([response.status, await codeOf(response)], [415, 'BAD_REQUEST'], kind)
    }
    const empty = await fetch(`${rig.origin}/guests`, { method: 'POST' })
    assert.equal(empty.status, 415)
    assert.equal((await come(json, null)).status, 400)
    assert.equal((await come(json, 'no json')).status, 400)
    assert.equal((await come(json, `{"a":"${'a'.repeat(2_000)}"}`)).status, 413)
    for (const method of ['GET', 'PUT'])
      assert.equal((await fetch(`${rig.origin}/guests`, { method })).status, 405, method)
    assert.equal(rig.auth.guests.length, known)
  })

  it('may come by a page that is allowed to', async () => {
    const preflight = async (origin: string) => {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      }
      const { status, headers: answer } = await fetch(`${rig.origin}/guests`, { method: 'OPTIONS', headers })
      return [status, answer.get('access-control-allow-origin')]
    }
    for (const origin of ['https://app.example', publicUrl]) {
      assert.deepEqual(await preflight(origin), [204, origin])
      assert.equal((await come({ ...json, origin })).headers.get('access-control-allow-origin'), origin)
    }
    assert.deepEqual(await preflight('https://evil.test'), [400, null])
  })

  it('is told when to come again where many come', async () => {
    const response = await come({ ...json, 'x-forwarded-for': '198.51.100.66' })
    assert.deepEqual(
      [response.status, response.headers.get('retry-after'), await codeOf(response)],
      [429, '2', 'TOO_MANY_REQUESTS'],
    )
  })

  it('cannot be let in by a GraphQL operation', async () => {
    const { body } = await rig.query('mutation { beginGuest { session { id } } }')
    assert.equal(body.errors?.[0]?.extensions.code, 'GRAPHQL_VALIDATION_FAILED')
  })
})

describe('visitors without an account', () => {
  it('are put off by what an address may cost', async () => {
    await using rig = await startRouterRig({ settings: { COST_PER_SECOND_PER_ADDRESS: 1 } })
    const come = () => fetch(`${rig.origin}/guests`, { method: 'POST', headers: json, body: '{}' })
    assert.equal((await come()).status, 200)
    const response = await come()
    assert.equal(response.status, 429)
    assert.ok(Number(response.headers.get('retry-after')) > 0)
    assert.equal(rig.auth.guests.length, 1)
  })

  it('are told so where auth is away', async () => {
    await using rig = await startRouterRig()
    await rig.auth[Symbol.asyncDispose]()
    const response = await fetch(`${rig.origin}/guests`, { method: 'POST', headers: json, body: '{}' })
    assert.equal(response.status, 503)
  })
})
