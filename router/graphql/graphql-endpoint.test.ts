import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApolloServer } from '@apollo/server'
import Fastify from 'fastify'
import { buildSchema } from 'graphql'
import { pino } from 'pino'
import { errorCodeNames, errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { RouterContext } from '#router/router-context.ts'
import { presentError } from './client-errors.ts'
import { addGraphqlEndpoint } from './graphql-endpoint.ts'

describe('POST /graphql', () => {
  it("answers a client that it refuses with the code's own status", async () => {
    const http = Fastify()
    const server = new ApolloServer<RouterContext>({
      schema: buildSchema('type Query { one: Int }'),
      formatError: presentError,
    })
    await server.start()
    let refused: ErrorCode = 'UNAUTHENTICATED'
    const identify = () => Promise.reject(new DomainError(refused))
    await addGraphqlEndpoint(http, {
      server,
      identify,
      judge: () => null,
      clientAddressOf: () => '127.0.0.1',
      charge: { address: () => null, user: () => null, event: async () => undefined },
      log: pino({ level: 'silent' }),
    })
    for (refused of errorCodeNames) {
      const response = await http.inject({ method: 'POST', url: '/graphql', payload: { query: '{ one }' } })
      assert.equal(response.statusCode, errorCodes[refused].httpStatus, refused)
      const { requestId } = response.json<{ errors: [{ extensions: { requestId: string } }] }>().errors[0]
        .extensions
      assert.ok(requestId)
      assert.deepEqual(response.json(), {
        errors: [{ message: errorCodes[refused].meaning, extensions: { code: refused, requestId } }],
      })
    }
    await server.stop()
    await http.close()
  })
})
