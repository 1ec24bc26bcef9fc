import assert from 'node:assert/strict'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { getIntrospectionQuery } from 'graphql'
import { startRouterRig, type GraphqlBody, type RouterRig } from '#router/testing/router-rig.ts'

let rig: RouterRig
let ada: { authorization: string }
before(async () => {
  rig = await startRouterRig()
  ada = { authorization: await rig.tokens.bearer('ada') }
})
after(() => rig[Symbol.asyncDispose]())

const addressOf = (parameters: Record<string, string>) =>
  `${rig.origin}/graphql?${new URLSearchParams(parameters).toString()}`
async function get(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(addressOf(parameters), { headers })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as GraphqlBody,
  }
}

describe('a query by GET', () => {
  const query = 'query Mine($id: ID!) { conversion(id: $id) { status owner { email } } }'

  it('is answered as by POST, to nobody else, without a word for a preflight', async () => {
    const { status, headers, body } = await get({ query, variables: '{"id":"c1:ada"}' }, ada)
    assert.equal(status, 200)
    assert.deepEqual(body, {
      data: { conversion: { status: 'QUEUED', owner: { email: 'ada@example.com' } } },
    })
    assert.equal(headers.get('cache-control'), 'no-store')
    const head = await fetch(addressOf({ query: '{ __typename }' }), { method: 'HEAD' })
    assert.deepEqual([head.status, await head.text()], [200, ''])
  })

  it('is judged and charged as by POST', async () => {
    const large = await get({ query: `{ ${'a: __typename '.repeat(200)} }` })
    assert.deepEqual(
      [large.status, large.body.errors?.[0]?.extensions.code],
      [400, 'OPERATION_LIMIT_EXCEEDED'],
    )
    await using narrow = await startRouterRig({ settings: { COST_PER_SECOND_PER_ADDRESS: 1 } })
    const ask = async () => (await fetch(`${narrow.origin}/graphql?query={__typename}`)).status
    assert.deepEqual([await ask(), await ask()], [200, 429])
  })

  it('that is none is refused, with the id of the request', async () => {
    const cases: Record<string, string>[] = [
      {},
      { query: '' },
      { query: '{ me {' },
      { query, variables: '{' },
    ]
    for (const parameters of cases) {
      const { status, headers, body } = await get(parameters, ada)
      assert.equal(status, 400, JSON.stringify(parameters))
      assert.equal(body.errors?.[0]?.extensions.requestId, headers.get('x-request-id'))
    }
  })

  it('is no way to change anything, nor to subscribe', async () => {
    for (const changing of [
      'mutation { cancelConversion(input: { id: "c1:ada" }) { conversion { id } } }',
      'mutation { refreshSession(input: { refreshToken: "x" }) { session { id } } }',
      'subscription { conversionUpdated(id: "c1:ada") { sequence } }',
    ]) {
      const { status, headers, body } = await get({ query: changing }, ada)
      assert.deepEqual([status, headers.get('allow')], [405, 'POST'], changing)
      assert.deepEqual([body.data, body.errors?.[0]?.extensions.code], [undefined, 'BAD_REQUEST'])
    }
  })
})

describe('an operation by POST', () => {
  it('is JSON, or no page of another origin could be kept from posting it', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=a',
      '',
    ]) {
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type }
      const body = new Blob([
        '{"query":"mutation { signOut(input: { refreshToken: \\"a\\" }) { signedOut } }"}',
      ])
      const response = await fetch(`${rig.origin}/graphql`, { method: 'POST', headers, body })
      assert.equal(response.status, 415, type)
    }
  })
})

describe('GraphiQL', () => {
  it('is for browsers alone, in development alone', async () => {
    await using development = await startRouterRig({ development: true })
    const page = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
    const typeOf = async (origin: string, headers: Record<string, string>) =>
      (await fetch(`${origin}/graphql?query={__typename}`, { headers })).headers.get('content-type')
    const shown = await fetch(`${development.origin}/graphql`, { headers: page })
    assert.match(shown.headers.get('content-security-policy')!, /script-src 'sha256-[\w+/=]+';/)
    assert.match(shown.headers.get('vary')!, /accept/)
    const html = await shown.text()
    const options = html.slice(html.lastIndexOf('YogaGraphiQL.renderYogaGraphiQL('))
    assert.match(
      options,
      /"subscriptionsProtocol":"WS".*"connectionParams":\(\) => JSON\.parse\(localStorage/,
    )
    for (const accept of ['*/*', 'application/json', 'application/graphql-response+json, text/event-stream'])
      assert.match((await typeOf(development.origin, { accept }))!, /json/, accept)
    assert.match((await typeOf(rig.origin, page))!, /json/)
  })
})

describe('an address of the router', () => {
  it('says which methods it takes', async () => {
    const cases = [
      ['PUT', '/graphql', 'GET, HEAD, OPTIONS, POST'],
      ['GET', '/guests', 'OPTIONS, POST'],
      ['POST', '/verify-email', 'GET, HEAD, OPTIONS'],
      ['DELETE', '/', 'GET, HEAD, OPTIONS'],
    ] as const
    for (const [method, path, allow] of cases) {
      const response = await fetch(`${rig.origin}${path}`, { method })
      assert.deepEqual([response.status, response.headers.get('allow')], [405, allow], path)
    }
    const options = await fetch(`${rig.origin}/graphql`, { method: 'OPTIONS' })
    assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, OPTIONS, POST'])
  })
})

describe('an answer', () => {
  /** As it comes: fetch would unpack it. */
  const ask = async (query: string, encoding: string) =>
    await new Promise<{ encoding: string | undefined; vary: string | undefined; bytes: Buffer }>(
      (resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'accept-encoding': encoding, ...ada }
        request(`${rig.origin}/graphql`, { method: 'POST', headers }, (response) => {
          const { 'content-encoding': packed, vary } = response.headers
          buffer(response).then((bytes) => resolve({ encoding: packed, vary, bytes }), reject)
        })
          .on('error', reject)
          .end(JSON.stringify({ query }))
      },
    )

  it('of some length is packed as the client likes it', async () => {
    const query = getIntrospectionQuery()
    const plain = await ask(query, 'identity')
    assert.equal(plain.encoding, undefined)
    for (const [encoding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await ask(query, encoding)
      assert.equal(packed.encoding, encoding)
      assert.ok(packed.bytes.length < plain.bytes.length / 4)
      assert.deepEqual(unpack(packed.bytes), plain.bytes)
      assert.match(packed.vary!, /accept-encoding.*origin/)
    }
    assert.equal((await ask('{ __typename }', 'br')).encoding, undefined)
  })

  it('is not packed where a mutation gives out secrets beside what its client sent', async () => {
    const aliases = Array.from(
      { length: 12 },
      (_, number) => `a${number}: owner { id email emailVerified createdAt locale }`,
    )
    const fields = `conversion { ${aliases.join(' ')} }`
    assert.equal(
      (await ask(`{ conversion(id: "c1:ada") { ${aliases.join(' ')} } }`, 'gzip')).encoding,
      'gzip',
    )
    const { encoding, bytes } = await ask(
      `mutation { cancelConversion(input: { id: "c1:ada" }) { ${fields} } }`,
      'gzip',
    )
    assert.ok(bytes.length > 1_100)
    assert.equal(encoding, undefined)
  })
})
