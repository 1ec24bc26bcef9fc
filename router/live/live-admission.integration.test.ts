import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import type { Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { publicUrl, startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'
import { closeCode, follow } from '#router/testing/live-client.ts'

let rig: RouterRig
before(async () => {
  rig = await startRouterRig()
})
after(() => rig[Symbol.asyncDispose]())

const ask = (client: Client) => client.iterate({ query: '{ me { id } }' }).next()
const socketUrl = () => `${rig.origin.replace('http', 'ws')}/graphql`

describe('who may open a live socket', () => {
  it('admits a page of our own origin, with a token or without', async () => {
    const client = rig.liveClient(undefined, { origin: publicUrl })
    assert.deepEqual((await ask(client)).value, { data: { me: null } })
    await client.dispose()
  })

  it('turns away a page of any other origin', async () => {
    const socket = new WebSocket(socketUrl(), 'graphql-transport-ws', { origin: 'https://evil.test' })
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
    assert.equal(response.statusCode, 403)
    socket.on('error', () => undefined).terminate()
  })

  it('turns away whoever has neither an origin nor a token', async () => {
    assert.equal(await closeCode(ask(rig.liveClient())), 4403)
  })

  it('turns away a forged, foreign or expired token in a way that makes clients try again with another', async () => {
    assert.equal(await closeCode(ask(rig.liveClient('Bearer nonsense'))), 4403)
    assert.equal(await closeCode(ask(rig.liveClient('nonsense'))), 4403)
    const expired = await rig.tokens.bearer('ada', { lifetimeMs: -10_000 })
    assert.equal(await closeCode(ask(rig.liveClient(expired))), 4403)
    const foreign = await rig.tokens.bearer('ada', { issuer: 'https://other.test' })
    assert.equal(await closeCode(ask(rig.liveClient(foreign))), 4403)
  })
})

/** A socket spoken to by hand, since graphql-ws's client cannot send a token in a ping. */
async function connect(authorization: string) {
  const socket = new WebSocket(socketUrl(), 'graphql-transport-ws')
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  const send = (message: object) => socket.send(JSON.stringify(message))
  const answer = async () =>
    JSON.parse(String((await once(socket, 'message'))[0])) as { type: string; payload?: unknown }
  send({ type: 'connection_init', payload: { authorization } })
  assert.equal((await answer()).type, 'connection_ack')
  return {
    closed,
    answer,
    send,
    renew: (fresh: string) => send({ type: 'ping', payload: { authorization: fresh } }),
  }
}

describe('how long a live socket lasts', () => {
  it('ends with its token, in a way that makes clients come back with another', async () => {
    const client = rig.liveClient(await rig.tokens.bearer('ada', { lifetimeMs: 1_000 }))
    const events = follow(client)
    await events.next()
    assert.equal(await closeCode(events.next()), 4403)
    await rig.feed.followers(0)
  })

  it('outlives its token when a fresh one comes in time, and uses the fresh one from then on', async () => {
    const socket = await connect(await rig.tokens.bearer('ada', { lifetimeMs: 1_500 }))
    const query = 'subscription { conversionUpdated(id: "c1:ada") { status conversion { owner { email } } } }'
    socket.send({ id: '1', type: 'subscribe', payload: { query } })
    assert.equal((await socket.answer()).type, 'next')
    socket.renew(await rig.tokens.bearer('ada', { sessionId: 'renewed' }))
    assert.equal((await socket.answer()).type, 'pong')

    // A socket whose token ends later than the first one's tells when that has ended.
    const later = await connect(await rig.tokens.bearer('bob', { lifetimeMs: 1_700 }))
    assert.equal(await later.closed, 4403)
    rig.feed.state('RUNNING')
    const event = { status: 'RUNNING', conversion: { owner: { email: 'ada@example.com' } } }
    assert.deepEqual(await socket.answer(), {
      id: '1',
      type: 'next',
      payload: { data: { conversionUpdated: event } },
    })
    assert.equal(rig.auth.requests.at(-1)?.sessionId, 'renewed')
    socket.send({ id: '1', type: 'complete' })
    await rig.feed.followers(0)
  })

  it('ends when it is renewed by another user, or with a token that is not good', async () => {
    const [first, second] = [
      await connect(await rig.tokens.bearer('ada')),
      await connect(await rig.tokens.bearer('ada')),
    ]
    first.renew(await rig.tokens.bearer('bob'))
    assert.equal(await first.closed, 4403)
    second.renew('Bearer nonsense')
    assert.equal(await second.closed, 4403)
  })

  it('ends with 1001 when the router ends, so that clients connect elsewhere', async () => {
    const ending = await startRouterRig()
    const client = ending.liveClient(await ending.tokens.bearer('ada'))
    const events = follow(client)
    await events.next()
    const closed = closeCode(events.next())
    await ending.stopRouter()
    assert.equal(await closed, 1001)
    await ending[Symbol.asyncDispose]()
  })
})
