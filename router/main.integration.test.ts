import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import getPort from 'get-port'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import { startAuthDouble } from '#router/testing/auth-double.ts'
import { createConversionFeed } from '#router/testing/conversion-feed.ts'
import { startMediaDouble } from '#router/testing/media-double.ts'
import { createTokenIssuer } from '#router/testing/token-issuer.ts'

const run = (environment: Record<string, string>) =>
  spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })

describe('the router process', () => {
  it('serves, says when it is ready, and on SIGTERM sends sockets elsewhere and ends with 0', async () => {
    const [port, metricsPort] = [await getPort(), await getPort()]
    const publicUrl = `http://127.0.0.1:${port}`
    const [authKey, mediaKey] = [randomBytes(32), randomBytes(32)]
    const issuer = await createTokenIssuer(publicUrl)
    const double = { publicUrl, issuer, log: pino({ level: 'silent' }) }
    await using auth = await startAuthDouble({ ...double, keys: [authKey] })
    await using media = await startMediaDouble({ ...double, keys: [mediaKey], feed: createConversionFeed() })
    const router = run({
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      PUBLIC_URL: publicUrl,
      AUTH_URL: auth.origin,
      MEDIA_URL: media.origin,
      ROUTER_AUTH_KEY: authKey.toString('base64url'),
      ROUTER_MEDIA_KEY: mediaKey.toString('base64url'),
    })
    const ended = once(router, 'exit')
    for await (const line of createInterface(router.stdout)) if (line.includes('"ready"')) break
    const operated = `http://127.0.0.1:${metricsPort}`
    assert.deepEqual(await (await fetch(`${operated}/health/ready`)).json(), {
      status: 'ready',
      waitingFor: [],
    })
    for (const path of ['/metrics', '/health/live', '/health/ready'])
      assert.equal((await fetch(`${publicUrl}${path}`)).status, 404, `${path} is no stranger's business`)

    const authorization = await issuer.bearer('ada')
    const response = await fetch(`${publicUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: '{ me { email } }' }),
    })
    assert.deepEqual(await response.json(), { data: { me: { email: 'ada@example.com' } } })
    const measured = await (await fetch(`${operated}/metrics`)).text()
    assert.match(measured, /earshot_router_operations_total\{type="query",outcome="ok"\} 1/)

    const socket = new WebSocket(`${publicUrl.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    const closed = once(socket, 'close')
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
    await once(socket, 'message')
    router.kill('SIGTERM')
    assert.equal((await closed)[0], 1001)
    assert.deepEqual(await ended, [0, null])
  })

  it('names every wrong setting at once, shows no secret, and ends with 1', async () => {
    const router = run({
      PORT: '4000',
      PUBLIC_URL: 'nonsense',
      AUTH_URL: 'http://127.0.0.1:1',
      ROUTER_AUTH_KEY: 'my-secret',
    })
    const [complaint, [code]] = await Promise.all([
      text(router.stderr),
      once(router, 'exit') as Promise<[number]>,
    ])
    assert.equal(code, 1)
    for (const name of ['PUBLIC_URL', 'MEDIA_URL', 'ROUTER_AUTH_KEY', 'ROUTER_MEDIA_KEY'])
      assert.match(complaint, new RegExp(name))
    assert.doesNotMatch(complaint, /my-secret/)
  })
})
