import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { DomainError } from '#runtime/domain-error.ts'
import { createHealth } from './health.ts'
import { createHttpServer } from './http-server.ts'
import { serveHealth } from './serve-health.ts'

describe('the HTTP server of a process', () => {
  // Node alone would wait for 60 s and more.
  it('closes once its last answers are given, whoever is connected', { timeout: 20_000 }, async () => {
    const log = pino({ level: 'silent' })
    const server = createHttpServer({ log })
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

  it('waits for no body after an expectation that it cannot meet', async () => {
    await using owned = new AsyncDisposableStack()
    const server = createHttpServer({ log: pino({ level: 'silent' }) })
    await server.listen({ host: '127.0.0.1', port: 0 })
    owned.defer(() => server.close())
    const client = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
    client.write('POST / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nContent-Length: 9\r\n\r\n')
    assert.match(await text(client), /^HTTP\/1\.1 417 .*"code":"BAD_REQUEST"/s)
  })

  it('answers what fails in our shape, without a word on why or on its own address', async () => {
    const logged: string[] = []
    const log = pino({ level: 'warn' }, { write: (line) => void logged.push(line) })
    const server = createHttpServer({ log })
    server.get('/broken', () => Promise.reject(new Error('the database said: secret-detail')))
    server.get('/refused', () => Promise.reject(new DomainError('UNAUTHENTICATED')))
    server.post('/json', () => 'read')
    const requests = [
      ['/broken', 500, 'INTERNAL_SERVER_ERROR'],
      ['/refused', 401, 'UNAUTHENTICATED'],
      ['/nowhere/secret-path', 404, 'NOT_FOUND'],
      ['/secret-path%', 400, 'BAD_REQUEST'],
    ] as const
    await using owned = new AsyncDisposableStack()
    const origin = await server.listen({ host: '127.0.0.1', port: 0 })
    owned.defer(() => server.close())
    for (const [path, status, code] of requests) {
      const response = await fetch(`${origin}${path}`)
      const { message, ...body } = (await response.json()) as Record<string, string>
      assert.deepEqual([response.status, body], [status, { code }], path)
      assert.doesNotMatch(message!, /secret/)
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path)
    }
    const headers = { 'content-type': 'application/json' }
    const malformed = await fetch(`${origin}/json`, { method: 'POST', headers, body: '{' })
    assert.deepEqual(
      [malformed.status, ((await malformed.json()) as { code: string }).code],
      [400, 'BAD_REQUEST'],
    )
    assert.equal(logged.length, 1, 'what a client sent is no fault of ours')
    assert.match(logged[0]!, /secret-detail/)
  })
})

describe('an address that is asked by a method it does not take', () => {
  it('says which it takes, whatever stands in it', async () => {
    const server = createHttpServer({ log: pino({ level: 'silent' }) })
    await using _closing = { [Symbol.asyncDispose]: () => server.close() }
    server.post('/orders', () => 'done')
    server.get('/orders/:id', () => 'one')
    await server.register(async (scope) => void scope.delete('/:id', () => 'gone'), { prefix: '/orders' })
    for (const [method, path, allow] of [
      ['GET', '/orders', 'OPTIONS, POST'],
      ['PUT', '/orders?a=/', 'OPTIONS, POST'],
      ['POST', '/orders/secret', 'DELETE, GET, HEAD, OPTIONS'],
    ] as const) {
      const { statusCode, headers, body } = await server.inject({ method, path })
      assert.deepEqual([statusCode, headers['allow']], [405, allow], `${method} ${path}`)
      assert.doesNotMatch(body, /secret/)
    }
    const options = await server.inject({ method: 'OPTIONS', path: '/orders' })
    assert.deepEqual([options.statusCode, options.headers['allow']], [204, 'OPTIONS, POST'])
    for (const path of ['/', '/orders/a/b', '/order'])
      assert.equal((await server.inject({ method: 'GET', path })).statusCode, 404, path)
  })
})

describe('a connection that asks before it is answered', () => {
  const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

  async function serve() {
    const server = createHttpServer({ log: pino({ level: 'silent' }), maxPipelinedRequests: 3 })
    const begun: string[] = []
    server.get('/:name', ({ params }) => {
      const { name } = params as { name: string }
      begun.push(name)
      return name === 'never' ? new Promise(() => undefined) : `<${name}>`
    })
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    return { begun, socket, [Symbol.asyncDispose]: async () => await server.close() }
  }

  it('is answered in order, and again when it has its answers', { timeout: 20_000 }, async () => {
    await using served = await serve()
    const { socket } = served
    let read = ''
    socket.on('data', (piece: string) => void (read += piece))
    for (const names of [['a', 'b', 'c'], ['d'], ['e', 'f', 'g']]) {
      socket.write(names.map((name) => ask(`/${name}`)).join(''))
      while (!read.includes(`<${names.at(-1)}>`)) await once(socket, 'data')
    }
    assert.deepEqual(read.match(/<.>/g), ['<a>', '<b>', '<c>', '<d>', '<e>', '<f>', '<g>'])
    socket.destroy()
  })

  it('is cut off when it asks for too much, of which no more is begun', { timeout: 20_000 }, async () => {
    await using served = await serve()
    const { begun, socket } = served
    const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve))
    socket.resume().write(ask('/never').repeat(1_000))
    await closed
    assert.deepEqual(begun, ['never', 'never', 'never'])
  })
})

describe('what is no request', () => {
  it('is answered in our shape, and its connection ends', async () => {
    const server = createHttpServer({ log: pino({ level: 'silent' }) })
    await using owned = new AsyncDisposableStack()
    await server.listen({ host: '127.0.0.1', port: 0 })
    owned.defer(() => server.close())
    const { port } = server.server.address() as AddressInfo
    const send = async (bytes: string) => {
      const socket = connect(port, '127.0.0.1')
      socket.write(bytes)
      const [head, body] = (await text(socket)).split('\r\n\r\n')
      return [head!.split('\r\n')[0], (JSON.parse(body!) as { code: string }).code]
    }
    assert.deepEqual(await send('nonsense\r\n\r\n'), ['HTTP/1.1 400 Bad Request', 'BAD_REQUEST'])
    const long = `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`
    assert.deepEqual(await send(long), ['HTTP/1.1 431 Request Header Fields Too Large', 'BAD_REQUEST'])
  })
})

describe('the health of a process', () => {
  it('is told on a port of its own', async () => {
    const [health, metrics, log] = [createHealth(), new Registry(), pino({ level: 'silent' })]
    await using server = await serveHealth({ health, metrics, log, host: '127.0.0.1', port: 0 })
    const ask = async (path: string) => (await fetch(`${server.origin}${path}`)).status
    assert.deepEqual(
      [await ask('/health/live'), await ask('/health/ready'), await ask('/metrics')],
      [200, 503, 200],
    )
    health.started()
    assert.equal(await ask('/health/ready'), 200)
  })
})
