import assert from 'node:assert/strict'
import { once, EventEmitter } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

describe('sessions at the router', () => {
  let rig: RouterRig
  before(async () => void (rig = await startRouterRig()))
  after(() => rig[Symbol.asyncDispose]())

  const me = async (authorization: string) =>
    (await rig.query('{ me { id } }', { headers: { authorization } })).status

  it('end at once: their tokens are refused and their sockets closed, and no others', async () => {
    const [ended, other] = [
      await rig.tokens.bearer('ada', { sessionId: 'stolen' }),
      await rig.tokens.bearer('ada', { sessionId: 'kept' }),
    ]
    const closes = new EventEmitter()
    const closed = once(closes, 'close')
    const client = createClient({
      url: `${rig.origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
      connectionParams: { authorization: ended },
      on: { closed: (event) => closes.emit('close', event), connected: () => closes.emit('connected') },
    })
    await once(closes, 'connected')
    assert.equal(await me(ended), 200)
    rig.auth.ended.add('stolen')
    const [event] = (await closed) as [{ code: number }]
    assert.equal(event.code, 4403)
    await waitUntil('the token is refused', async () => (await me(ended)) === 401)
    assert.equal(await me(other), 200)
    await client.dispose()
  })

  it('are renewed and ended whatever has become of the access token that is sent along', async () => {
    const authorization = await rig.tokens.bearer('ada', { lifetimeMs: -60_000 })
    const signOut = 'mutation { signOut(input: { refreshToken: "r" }) { signedOut } }'
    const { status, body } = await rig.query(signOut, { headers: { authorization } })
    assert.equal(status, 200)
    assert.deepEqual(body.data, { signOut: { signedOut: true } })
    assert.equal(await me(authorization), 401)
  })

  it('are not begun for a guest whose access token has expired: it would lose what is its own', async () => {
    const authorization = await rig.tokens.bearer('guest', { lifetimeMs: -60_000, isGuest: true })
    const signUp = 'mutation { signUp(input: { email: "a@b.c", password: "x" }) { session { id } } }'
    const { status, body } = await rig.query(signUp, { headers: { authorization } })
    assert.deepEqual([status, body.errors?.[0]?.extensions.code], [401, 'UNAUTHENTICATED'])
  })

  it('say when to try again, in a header, too', async () => {
    const signUp = 'mutation { signUp(input: { email: "a@b.c", password: "x" }) { session { id } } }'
    const { headers, body } = await rig.query(signUp)
    const { requestId: _requestId, ...told } = body.errors![0]!.extensions
    assert.deepEqual(told, { code: 'TOO_MANY_REQUESTS', retryAfterMs: 1_500 })
    assert.equal(headers.get('retry-after'), '2')
  })
})
