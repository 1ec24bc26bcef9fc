import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { verifyAssertion } from '#runtime/tokens/assertion.ts'
import type { RouterContext } from '#router/router-context.ts'
import { createSubgraphDataSource, type SubgraphDataSource } from './subgraph-data-source.ts'

const keys: [Buffer] = [randomBytes(32)]

interface Request {
  readonly body: string
  readonly headers: IncomingMessage['headers']
  readonly answer: (status: number, body: string) => void
}

/** A subgraph whose every answer is in the test's hands. */
async function startSubgraph() {
  const requests: Request[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = (status: number, body: string) => void response.writeHead(status).end(body)
    requests.push({ body: await text(request), headers: request.headers, answer })
  }
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    request: (number: number): Promise<Request> =>
      waitUntil(`request ${number} has arrived`, () => requests[number - 1], { everyMs: 1 }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const as = (userId: string | null): RouterContext => ({
  requestId: 'request-0123456789',
  log: pino({ level: 'silent' }),
  clientAddress: '203.0.113.7',
  userAgent: 'Firefox',
  signal: new AbortController().signal,
  cost: 1,
  takesStream: false,
  client: () =>
    userId === null
      ? null
      : {
          authorization: `Bearer ${userId}`,
          identity: { userId, sessionId: 's', emailVerified: true, isGuest: false, expiresAtMs: 1 },
        },
})

const unavailable = {
  data: null,
  errors: [
    { message: 'A part of the service is away for the moment.', extensions: { code: 'SERVICE_UNAVAILABLE' } },
  ],
}

describe('asking a subgraph', () => {
  let subgraph: Awaited<ReturnType<typeof startSubgraph>>
  let dataSource: SubgraphDataSource
  beforeEach(async () => {
    subgraph = await startSubgraph()
    dataSource = createSubgraphDataSource({
      subgraph: 'media',
      origin: subgraph.origin,
      keys,
      timeoutMs: 500,
    })
  })
  afterEach(async () => {
    await subgraph[Symbol.asyncDispose]()
    await dataSource[Symbol.asyncDispose]()
  })

  const ask = (query: string, userId: string | null = 'ada') => {
    const operation = { operation: query.startsWith('mutation') ? 'mutation' : 'query' }
    const options = { request: { query }, context: as(userId), incomingRequestContext: { operation } }
    return dataSource.process(options as unknown as Parameters<SubgraphDataSource['process']>[0])
  }

  it('proves who asks, over the very bytes of the question and the token of the user', async () => {
    const answer = ask('{ a }')
    const { headers, body, answer: reply } = await subgraph.request(1)
    const subject = { caller: 'router', subgraph: 'media', body, userToken: 'ada' }
    const claims = verifyAssertion(String(headers['x-earshot-assertion']), subject, keys)
    assert.deepEqual([claims?.clientAddress, claims?.userAgent], ['203.0.113.7', 'Firefox'])
    assert.equal(headers.authorization, 'Bearer ada')
    assert.equal(headers['x-request-id'], 'request-0123456789')
    reply(200, '{"data":{"a":1}}')
    assert.deepEqual(await answer, { data: { a: 1 } })
  })

  it('asks the same for the same user once at a time, and gives each asker an answer of its own', async () => {
    const answers = [ask('{ a }'), ask('{ a }')]
    const other = ask('{ a }', 'bob')
    const nobody = ask('{ a }', null)
    for (const number of [1, 2, 3]) (await subgraph.request(number)).answer(200, '{"data":{"a":{}}}')
    const [first, second] = await Promise.all(answers)
    await Promise.all([other, nobody])
    assert.equal(subgraph.requests.length, 3)
    assert.deepEqual(first, second)
    assert.notEqual(first!.data!['a'], second!.data!['a'])
  })

  it('never shares a mutation, nor an answer from before one with a question from after it', async () => {
    const early = ask('{ a }')
    await subgraph.request(1)
    const mutations = [ask('mutation { b }'), ask('mutation { b }')]
    for (const number of [2, 3]) (await subgraph.request(number)).answer(200, '{"data":{"b":1}}')
    await Promise.all(mutations)
    const late = ask('{ a }')
    ;(await subgraph.request(4)).answer(200, '{"data":{"a":"new"}}')
    ;(await subgraph.request(1)).answer(200, '{"data":{"a":"old"}}')
    assert.deepEqual([await early, await late], [{ data: { a: 'old' } }, { data: { a: 'new' } }])
  })

  it('says that the subgraph is away when its answer is late, broken off, or not GraphQL', async () => {
    const late = ask('{ late }')
    assert.deepEqual(await late, unavailable)
    const strange = ask('{ strange }')
    ;(await subgraph.request(2)).answer(503, '{"statusCode":503}')
    assert.deepEqual(await strange, unavailable)
    const html = ask('{ html }')
    ;(await subgraph.request(3)).answer(502, '<html>')
    assert.deepEqual(await html, unavailable)
  })
})
