import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { after, before, beforeEach, describe, it } from 'node:test'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

let rig: RouterRig
let ada: { authorization: string }
before(async () => {
  rig = await startRouterRig()
  ada = { authorization: await rig.tokens.bearer('ada') }
})
beforeEach(() => void rig.logged.splice(0))
after(() => rig[Symbol.asyncDispose]())

const post = async (
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => {
  const response = await fetch(`${rig.origin}/graphql`, { method: 'POST', headers, body })
  const { errors } = (await response.json()) as {
    errors: [{ message: string; extensions: { code: string } }]
  }
  return { status: response.status, code: errors[0].extensions.code, message: errors[0].message }
}

describe('an operation that fails', () => {
  it('passes on what a subgraph says to the client, at its place', async () => {
    const query = '{ conversion(id: "nobodys") { id } }'
    const { status, headers, body } = await rig.query(query, { headers: ada })
    assert.equal(status, 200)
    const error = {
      message: 'There is no such conversion.',
      locations: [{ line: 1, column: 3 }],
      path: ['conversion'],
      extensions: { code: 'NOT_FOUND', requestId: headers.get('x-request-id') },
    }
    assert.deepEqual(body, { data: { conversion: null }, errors: [error] })
  })

  it('names each value that is not allowed by its place in the operation', async () => {
    const output = { bitrateKbps: 1, channels: 7, tags: { set: [{ key: '', value: 'a' }] } }
    const input = { uploadId: 'u', idempotencyKey: 'k', output }
    const query =
      'mutation($input: StartConversionInput!) { startConversion(input: $input) { conversion { id } } }'
    const { body } = await rig.query(query, { headers: ada, variables: { input } })
    const { code, field, problems } = body.errors![0]!.extensions as Record<string, unknown>
    assert.deepEqual([code, field], ['BAD_USER_INPUT', 'input.output.channels'])
    assert.deepEqual(
      (problems as { field: string }[]).map((each) => each.field),
      [...['input.output.channels', 'input.output.tags.set[0].key', 'input.output.bitrateKbps']],
    )
  })

  it('leaves the other answers where one id is wrong', async () => {
    const query =
      '{ mine: conversion(id: "c1:ada") { id } theirs: conversion(id: "nobodys") { id } upload(id: "a") { id } }'
    const { body } = await rig.query(query, { headers: ada })
    assert.deepEqual(body.data, { mine: { id: 'c1:ada' }, theirs: null, upload: null })
    assert.deepEqual(
      body.errors?.map(({ path, extensions: { code } }) => [path?.[0], code]),
      [
        ['theirs', 'NOT_FOUND'],
        ['upload', 'NOT_FOUND'],
      ],
    )
  })

  it('tells nothing of what broke inside', async () => {
    for (const id of ['c:broken', 'c:gone']) {
      const { body } = await rig.query(`{ conversion(id: "${id}") { owner { emailVerified } } }`, {
        headers: ada,
      })
      assert.equal(body.errors?.[0]?.extensions.code, 'INTERNAL_SERVER_ERROR')
      assert.doesNotMatch(JSON.stringify(body), /secret-detail|auth|_entities|stack/)
    }
  })

  it('is our fault where a subgraph finds our own request wrong', async () => {
    const query = 'mutation { refreshSession(input: { refreshToken: "x" }) { session { id } } }'
    const { body } = await rig.query(query)
    assert.equal(body.errors?.[0]?.extensions.code, 'INTERNAL_SERVER_ERROR')
    assert.equal(rig.logged.filter((line) => line.includes('by our fault')).length, 1)
  })

  it('answers 401 for a token that is forged, expired or meant for another issuer', async () => {
    const tokens = [
      'Bearer forged',
      'Basic YTpi',
      await rig.tokens.bearer('ada', { lifetimeMs: -10_000 }),
      await rig.tokens.bearer('ada', { issuer: 'https://other.test' }),
    ]
    for (const authorization of tokens) {
      const { status, headers, body } = await rig.query('{ me { id } }', { headers: { authorization } })
      assert.equal(status, 401)
      const requestId = headers.get('x-request-id')
      assert.deepEqual(body.errors?.[0]?.extensions, { code: 'UNAUTHENTICATED', requestId })
      assert.ok(rig.logged.some((line) => line.includes(requestId!)))
    }
  })

  it('answers 400 with a stable code for whatever is not an operation of this schema', async () => {
    const cases: [string, Record<string, unknown>, string][] = [
      ['{ me {', {}, 'GRAPHQL_PARSE_FAILED'],
      ['{ nope }', {}, 'GRAPHQL_VALIDATION_FAILED'],
      ['query($id: ID!) { conversion(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
      [
        'query($s: [ConversionStatus!]) { me { conversions(status: $s) { edges { cursor } } } }',
        { s: ['NO'] },
        'BAD_USER_INPUT',
      ],
      ['query A { me { id } } query B { me { id } }', {}, 'BAD_REQUEST'],
      ['', {}, 'BAD_REQUEST'],
    ]
    for (const [query, variables, code] of cases) {
      const { status, body } = await rig.query(query, { variables, headers: ada })
      assert.deepEqual([status, body.errors?.[0]?.extensions.code], [400, code], query)
    }
  })

  it('refuses a subscription whose root field is conditional with 400', async () => {
    const query = 'subscription($x: Boolean!) { conversionUpdated(id: "c1") @skip(if: $x) { sequence } }'
    const { status, body } = await rig.query(query, { headers: ada, variables: { x: false } })
    assert.deepEqual([status, body.errors?.[0]?.extensions.code], [400, 'BAD_REQUEST'])
  })

  it('refuses a subscription over plain HTTP with 406', async () => {
    const query = 'subscription { conversionUpdated(id: "c1") { sequence } }'
    const { status, body } = await rig.query(query, { headers: ada })
    assert.deepEqual([status, body.errors?.[0]?.extensions.code], [406, 'SUBSCRIPTION_TRANSPORT_REQUIRED'])
  })

  it('refuses what is not JSON, too much, of another type, batched, or nowhere', async () => {
    const { status, code } = await post('{"query": ')
    assert.deepEqual([status, code], [400, 'BAD_REQUEST'])
    assert.equal((await post(JSON.stringify({ query: `{ ${'a'.repeat(300_000)} }` }))).status, 413)
    assert.equal((await post('{"query":"{me{id}}"}', { 'content-type': 'text/plain' })).status, 415)
    assert.equal((await post('[{"query":"{me{id}}"}]')).code, 'BAD_REQUEST')
    const nowhere = await fetch(`${rig.origin}/nowhere`)
    assert.equal(nowhere.status, 404)
    const { meaning: message } = errorCodes.NOT_FOUND
    const extensions = { code: 'NOT_FOUND', requestId: nowhere.headers.get('x-request-id') }
    assert.deepEqual(await nowhere.json(), { errors: [{ message, extensions }] })
  })

  it('refuses in the shape of bytes what is wrong with the address of an upload or a download', async () => {
    for (const path of ['/uploads/%zz', '/downloads/%zz']) {
      const response = await fetch(`${rig.origin}${path}`)
      assert.equal(response.status, 400)
      const { meaning: message } = errorCodes.BAD_REQUEST
      assert.deepEqual(await response.json(), { code: 'BAD_REQUEST', message })
    }
  })

  it('refuses a host that is none', async () => {
    const headers = { host: 'a b', 'content-type': 'application/json' }
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${rig.origin}/graphql`, { method: 'POST', headers }, (response) =>
        resolve(response.resume().statusCode),
      )
      request.on('error', reject).end('{"query":"{ __typename }"}')
    })
    assert.equal(status, 400)
  })
})

describe('a subgraph that is away', () => {
  it('makes its own fields unavailable, and no others', async () => {
    const away = await startRouterRig()
    const headers = { authorization: await away.tokens.bearer('ada') }
    await away.query('{ me { id } }', { headers })
    await away.auth[Symbol.asyncDispose]()
    const { body } = await away.query('{ me { id } conversion(id: "c1:ada") { status } }', { headers })
    assert.deepEqual(body.data, { me: null, conversion: { status: 'QUEUED' } })
    assert.deepEqual(
      body.errors?.map((error) => error.extensions.code),
      ['SERVICE_UNAVAILABLE'],
    )
    assert.deepEqual((await away.health.report()).waitingFor, ['auth'])
    await away[Symbol.asyncDispose]()
  })
})
