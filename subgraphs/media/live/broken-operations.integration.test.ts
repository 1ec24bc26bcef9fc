import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { createClient, type Client } from 'graphql-ws'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import { createHttpServer } from '#runtime/process/http-server.ts'
import { createStream } from '#runtime/streams/create-stream.ts'
import { serveSubscriptionSocket } from './subscription-socket.ts'

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { a: { type: GraphQLString } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      tick: {
        type: GraphQLString,
        args: { text: { type: GraphQLString } },
        subscribe: () =>
          createStream(async function* () {
            for (let count = 0; ; count++) {
              yield { tick: String(count) }
              await delay(5)
            }
          }),
      },
    },
  }),
})

describe('an operation that is broken, on the socket that carries those of everybody', () => {
  const log = pino({ level: 'silent' })
  const http = createHttpServer({ log })
  const nobody = { caller: 'router', identity: null, clientAddress: null, userAgent: null } as const
  const identify = async () => nobody
  const sockets = serveSubscriptionSocket({ http, schema, identify, log })
  let client: Client
  const opened: unknown[] = []
  before(async () => {
    const origin = await http.listen({ host: '127.0.0.1', port: 0 })
    client = createClient({
      url: `${origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      on: { opened: (socket) => opened.push(socket) },
    })
  })
  after(async () => {
    await client.dispose()
    await sockets[Symbol.asyncDispose]()
    await http.close()
  })

  const subscribe = (query: string, variables = {}) =>
    client.iterate<{ tick: string }>({ query, variables, extensions: { assertion: 'a' } })

  it('ends alone, and one that is larger than a client may send is served', async () => {
    const others = subscribe('subscription { tick }')
    await others.next()
    for (const query of ['subscription {', 'subscription { nothing }', '{', '{ a '])
      await assert.rejects(subscribe(query).next(), (errors) => Array.isArray(errors), query)
    const text = 'x'.repeat(1024 * 1024)
    const large = subscribe('subscription($text: String) { tick(text: $text) }', { text })
    assert.equal((await large.next()).value?.data?.tick, '0')
    assert.equal((await others.next()).value?.errors, undefined)
    await large.return?.()
    await others.return?.()
    assert.equal(opened.length, 1, 'all of it went over one socket')
  })
})
