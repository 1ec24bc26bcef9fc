import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildSchema } from 'graphql'
import { pino } from 'pino'
import { errorCodeNames, errorCodes } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import type { IdentifyRequest } from './request-identity.ts'
import { serveSubgraph } from './subgraph-server.ts'

/** What a subgraph answers whose callers are identified as the test says. */
async function post(identify: IdentifyRequest) {
  const log = pino({ level: 'silent' })
  const http = createHttpServer({ log, servesOurOwn: true })
  await using _server = await serveSubgraph({
    schema: buildSchema('type Query { one: Int }'),
    http,
    identify,
    log,
  })
  const payload = JSON.stringify({ query: '{ one }' })
  const headers = { 'content-type': 'application/json' }
  return await http.inject({ method: 'POST', url: '/graphql', headers, payload })
}

describe('a subgraph', () => {
  it("answers a request that it refuses with the code's own status", async () => {
    for (const code of errorCodeNames) {
      const response = await post(() => Promise.reject(new DomainError(code)))
      assert.equal(response.statusCode, errorCodes[code].httpStatus, code)
      assert.deepEqual(response.json(), {
        errors: [{ message: errorCodes[code].meaning, extensions: { code } }],
      })
    }
  })

  it('answers a caller it knows', async () => {
    const response = await post(async () => ({
      caller: 'router',
      identity: null,
      clientAddress: null,
      userAgent: null,
    }))
    assert.deepEqual([response.statusCode, response.json()], [200, { data: { one: null } }])
  })
})
