import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { createHealth } from './health.ts'
import { createHttpServer } from './http-server.ts'

describe('the HTTP server of a process', () => {
  // Node alone would wait for 60 s and more.
  it('closes once its last answers are given, whoever is connected', { timeout: 20_000 }, async () => {
    const log = pino({ level: 'silent' })
    const server = createHttpServer({ health: createHealth(), metrics: new Registry(), log })
    const asked = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    server.get('/slow', async () => {
      asked.resolve()
      await gate.promise
      return 'done'
    })
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo
    const accepted = once(server.server, 'connection')
    const unused = connect(port, '127.0.0.1').resume()
    await accepted
    const agent = new Agent({ keepAlive: true })
    const answer = new Promise<IncomingMessage>((resolve) =>
      get({ host: '127.0.0.1', port, path: '/slow', agent }, resolve),
    )
    await asked.promise
    const ended = once(unused, 'close')
    const closed = server.close()
    await ended
    gate.resolve()
    assert.equal(await text(await answer), 'done')
    await closed
    agent.destroy()
  })
})
