import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { MeDocument } from '#schema/generated/operations.ts'
import { createGraphqlClient, type RequestOptions } from './graphql-client.ts'

type Answer = (response: ServerResponse) => void

const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    void response.writeHead(status).end(JSON.stringify(body))
const me = { me: { id: 'user-1', email: 'me@example.com', emailVerified: true } }
const refusal = (code: string) =>
  json(200, { data: null, errors: [{ message: 'No.', extensions: { code } }] })

/** Sends one query to a server that gives these answers in turn; the last one again and again. */
async function ask(answers: readonly Answer[], options: Partial<RequestOptions> = {}) {
  let asked = 0
  const tokens: (string | undefined)[] = []
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization)
    answers[Math.min(asked, answers.length - 1)]!(response)
    asked += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const send = createGraphqlClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const result = await send(MeDocument, {}, { signal: new AbortController().signal, ...options }).then(
    (data) => ({ data }),
    (error: unknown) => ({ error: error as { code: string; message: string } }),
  )
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return { ...result, asked, tokens }
}

describe('GraphQL client', () => {
  it('answers with the data, and sends the token it is given', async () => {
    const answer = await ask([json(200, { data: me })], { token: 'secret' })
    assert.deepEqual('data' in answer && answer.data, me)
    assert.deepEqual(answer.tokens, ['Bearer secret'])
  })

  it('throws what the API says, with its code', async () => {
    const answer = await ask([refusal('NOT_FOUND')])
    assert.equal('error' in answer && answer.error.code, 'NOT_FOUND')
    assert.equal('error' in answer && answer.error.message, 'No.')
    assert.equal(answer.asked, 1)
  })

  it('asks again when the connection breaks or a part is away', async () => {
    const answer = await ask([
      (response) => void response.destroy(),
      refusal('SERVICE_UNAVAILABLE'),
      json(200, { data: me }),
    ])
    assert.deepEqual('data' in answer && answer.data, me)
    assert.equal(answer.asked, 3)
  })

  it('sends what must not be repeated once', async () => {
    const answer = await ask([(response) => void response.destroy()], { repeatable: false })
    assert.equal('error' in answer && answer.error.code, 'UNREACHABLE')
    assert.equal(answer.asked, 1)
  })

  it('says so when something else answers at that address', async () => {
    const answer = await ask([(response) => void response.writeHead(404).end('<html>')])
    assert.equal('error' in answer && answer.error.code, 'BAD_RESPONSE')
  })
})
