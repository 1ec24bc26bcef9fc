import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { getIntrospectionQuery } from 'graphql'
import { WebSocket } from 'ws'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { publicUrl, startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'
import { closeCode, follow, refusal, updates } from '#router/testing/live-client.ts'

interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

/** A socket spoken to by hand; `closed` is its close code. */
async function connect(rig: RouterRig, authorization?: string) {
  const socket = new WebSocket(`${rig.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    origin: publicUrl,
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await once(socket, 'open')
  const send = (message: object) => socket.send(JSON.stringify(message))
  const answer = async () => JSON.parse(String((await once(socket, 'message'))[0])) as Message
  send({ type: 'connection_init', payload: authorization === undefined ? {} : { authorization } })
  assert.equal((await answer()).type, 'connection_ack')
  return { socket, closed, send, answer }
}

/** Of a socket that the server will not have. */
async function refusedStatus(rig: RouterRig): Promise<number | undefined> {
  const socket = new WebSocket(`${rig.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    origin: publicUrl,
  })
  socket.on('error', () => undefined)
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }]
  socket.terminate()
  return response.statusCode
}

describe('what a stranger sends over a WebSocket', () => {
  let rig: RouterRig
  let ada: string
  before(async () => {
    rig = await startRouterRig()
    ada = await rig.tokens.bearer('ada')
  })
  after(() => rig[Symbol.asyncDispose]())

  it('opens nothing upstream without a token', async () => {
    const already = rig.media.live.operations.length
    const client = rig.liveClient(undefined, { origin: publicUrl })
    assert.equal((await refusal(client, updates, { id: 'c1:ada' })).code, 'UNAUTHENTICATED')
    assert.equal(rig.media.live.operations.length, already)
    await client.dispose()
  })

  it("passes on the largest message that a client may send, and disturbs nobody's subscription", async () => {
    const victim = rig.liveClient(ada)
    const events = follow(victim)
    await events.next()
    const { send, answer, socket } = await connect(rig, ada)
    const query = 'subscription($id: ID!) { conversionUpdated(id: $id) { sequence } }'
    const id = '€'.repeat(80_000)
    send({ id: '1', type: 'subscribe', payload: { query, variables: { id } } })
    assert.equal((await answer()).type, 'next')
    assert.equal(rig.media.live.connections(), 1)
    rig.feed.state('RUNNING')
    assert.equal((await events.next()).status, 'RUNNING')
    assert.doesNotMatch(rig.logged.join(), /lost its subgraph/)
    socket.terminate()
    await victim.dispose()
    await rig.feed.followers(0)
  })

  it('closes a socket whose operation has a name longer than names are', async () => {
    const { send, closed } = await connect(rig, ada)
    send({ id: 'x'.repeat(65), type: 'subscribe', payload: { query: '{ me { id } }' } })
    assert.equal(await closed, 4400)
  })

  it('closes a socket that brings a message in crumbs', async () => {
    const { socket, closed } = await connect(rig, ada)
    for (let count = 0; count < 70; count++) socket.send('x', { fin: false })
    assert.equal(await closed, 1008)
  })

  it('holds no connection that it has refused to upgrade, although its client does not leave', async () => {
    const { hostname: host, port } = new URL(rig.origin)
    const socket = createConnection({ host, port: Number(port), allowHalfOpen: true })
    socket.on('error', () => undefined).resume()
    socket.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n')
    await once(socket, 'end')
    await waitUntil('nobody is there to read', () => {
      socket.write('x')
      return socket.destroyed
    })
  })

  it('comes back in no pong', async () => {
    const { send, answer, socket } = await connect(rig, ada)
    send({ type: 'ping', payload: { large: 'x'.repeat(1_000) } })
    assert.deepEqual(await answer(), { type: 'pong' })
    socket.terminate()
  })

  it('is counted until it has ended, and given up at the subgraph when the client gives it up', async () => {
    const { send, answer, socket } = await connect(rig, ada)
    const query = '{ conversion(id: "held") { id } }'
    for (let count = 0; count < 20; count++) {
      const id = String(count)
      const givenUp = once(rig.media.held, 'givenUp')
      const begun = once(rig.media.held, 'begun')
      send({ id, type: 'subscribe', payload: { query } })
      await begun
      send({ id, type: 'complete' })
      await givenUp
    }
    send({ id: 'last', type: 'subscribe', payload: { query: '{ me { id } }' } })
    assert.equal((await answer()).type, 'next')
    socket.terminate()
  })

  it('is counted until it has ended although its client takes it for complete, as a mutation runs on', async () => {
    const { send, answer, socket } = await connect(rig, ada)
    const query = 'mutation { cancelConversion(input: { id: "held" }) { conversion { id } } }'
    for (let count = 0; count < 20; count++) {
      const begun = once(rig.media.held, 'begun')
      send({ id: String(count), type: 'subscribe', payload: { query } })
      await begun
      send({ id: String(count), type: 'complete' })
    }
    send({ id: 'one more', type: 'subscribe', payload: { query } })
    const { type, payload } = await answer()
    assert.equal(type, 'error')
    assert.match(JSON.stringify(payload), /at most 20 operations/)
    rig.media.held.emit('release')
    socket.terminate()
  })

  it('closes the socket of who does not read what it asks for', async () => {
    const { send, socket } = await connect(rig, ada)
    socket.pause()
    const query = getIntrospectionQuery()
    const isClosed = () => rig.logged.some((line) => line.includes('does not read'))
    for (let count = 0; count < 600 && !isClosed(); count++) {
      send({ id: String(count), type: 'subscribe', payload: { query } })
      await new Promise(setImmediate)
    }
    await waitUntil('the socket is closed', isClosed)
    socket.terminate()
  })

  it('leaves no stack trace in the log', async (t) => {
    const printed = t.mock.method(console, 'error')
    for (const text of ['{"type":"connection_ack"}', '{', '{"type":"next","id":"1","payload":{}}']) {
      const { socket, closed } = await connect(rig, ada)
      socket.send(text)
      assert.equal(await closed, 4400)
    }
    assert.equal(printed.mock.callCount(), 0)
    // That auth was slow on this machine is no client's doing.
    const ofClients = rig.logged.filter((line) => !line.includes('which sessions have ended'))
    assert.doesNotMatch(ofClients.join(), /"stack"|\n {4}at /)
  })
})

describe('how many sockets there may be', () => {
  it('is limited by address and by user', async () => {
    await using rig = await startRouterRig({ settings: { SOCKETS_PER_ADDRESS: 3, SOCKETS_PER_USER: 1 } })
    const first = await connect(rig, await rig.tokens.bearer('ada'))
    const second = rig.liveClient(await rig.tokens.bearer('ada'))
    assert.equal(await closeCode(second.iterate({ query: '{ me { id } }' }).next()), 1013)
    const others = [await connect(rig), await connect(rig, await rig.tokens.bearer('bob'))]
    assert.equal(await refusedStatus(rig), 429)
    for (const { socket } of [first, ...others]) socket.terminate()
  })

  it('and messages from an address', async () => {
    for (const sendOne of [
      (socket: WebSocket) => socket.send('{"type":"ping"}', () => undefined),
      (socket: WebSocket) => socket.ping('', true, () => undefined),
      (socket: WebSocket) => socket.pong('', true, () => undefined),
    ]) {
      await using rig = await startRouterRig({ settings: { MESSAGES_PER_SECOND_PER_ADDRESS: 1 } })
      const { socket, closed } = await connect(rig)
      for (let count = 0; count < 20; count++) sendOne(socket)
      assert.equal(await closed, 1006)
      assert.equal(await refusedStatus(rig), 429)
    }
    const control = await startRouterRig({ settings: { MESSAGES_PER_SECOND_PER_ADDRESS: 100 } })
    const other = await connect(control)
    for (let count = 0; count < 20; count++) {
      other.send({ type: 'ping' })
      assert.equal((await other.answer()).type, 'pong')
    }
    other.socket.terminate()
    await control[Symbol.asyncDispose]()
  })

  it('and of subscriptions of a user', async () => {
    await using rig = await startRouterRig({ settings: { SUBSCRIPTIONS_PER_USER: 2 } })
    const clients = [
      rig.liveClient(await rig.tokens.bearer('ada')),
      rig.liveClient(await rig.tokens.bearer('ada')),
    ]
    await Promise.all(clients.map((client) => follow(client).next()))
    assert.equal((await refusal(clients[0]!, updates, { id: 'c1:ada' })).code, 'TOO_MANY_REQUESTS')
    await clients[1]!.dispose()
    await rig.feed.followers(1)
    await follow(clients[0]!).next()
    await clients[0]!.dispose()
  })

  it('and a socket that brings no token is closed in time', async () => {
    await using rig = await startRouterRig({ settings: { TOKEN_TIMEOUT_MS: 50 } })
    const { closed } = await connect(rig)
    assert.equal(await closed, 4403)
  })
})
