import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

/** Of an address of its own, so that the limit of an address is nobody else's. */
function open(rig: RouterRig, localAddress: string): Socket {
  const { port } = new URL(rig.origin)
  return connect({ port: Number(port), host: '127.0.0.1', localAddress }).on('error', () => undefined)
}

/** However it ends: a reset, which `once` would take for a failure, is an end too. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

const head = (path: string, method = 'POST') =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`

describe('a client that is slow on purpose', () => {
  let rig: RouterRig
  before(async () => {
    const settings = {
      HEADERS_TIMEOUT_MS: 100,
      EXCHANGE_TIMEOUT_MS: 200,
      UPLOAD_LEAST_BYTES: 100,
      UPLOAD_LEAST_WITHIN_MS: 100,
    }
    rig = await startRouterRig({ settings })
  })
  after(() => rig[Symbol.asyncDispose]())

  for (const [what, sent] of [
    ['that never sends a byte', ''],
    ['whose headers do not end', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-A: '],
    ['whose operation does not end', head('/graphql')],
    ['whose body goes to a path that does not exist', head('/nowhere')],
    ['whose body goes to a page', head('/', 'GET')],
    ['whose upload does not go on', head('/uploads/0/secret', 'PATCH')],
    ['whose body goes to a download', head('/downloads/link', 'GET')],
  ] as const) {
    it(`is cut off: one ${what}`, async () => {
      const socket = open(rig, '127.0.0.7').resume()
      await once(socket, 'connect')
      socket.write(sent)
      await closed(socket)
    })
  }

  it('is not read whole where nothing is served', async () => {
    const body = JSON.stringify('x'.repeat(300_000))
    const headers = { 'content-type': 'application/json' }
    for (const path of ['/nowhere', '/graphql', '/guests']) {
      const { status } = await fetch(`${rig.origin}${path}`, { method: 'POST', headers, body })
      assert.equal(status, 413, path)
    }
  })

  it('is cut off also while it drips, a byte at a time', async () => {
    for (const path of ['/graphql', '/uploads/0/secret']) {
      const socket = open(rig, '127.0.0.7').resume()
      await once(socket, 'connect')
      socket.write(head(path, path === '/graphql' ? 'POST' : 'PATCH'))
      const drip = setInterval(() => socket.write(' '), 10)
      await closed(socket)
      clearInterval(drip)
    }
  })
})

describe('a client that opens many connections', () => {
  const settings = { MAX_CONNECTIONS_PER_ADDRESS: 5 }

  it('gets no more than an address may have, while others are served', async () => {
    await using rig = await startRouterRig({ settings })
    const held = Array.from({ length: 5 }, () => open(rig, '127.0.0.8'))
    await Promise.all(held.map((socket) => once(socket, 'connect')))
    const refused = open(rig, '127.0.0.8').resume()
    await closed(refused)
    assert.equal((await rig.query('{ me { id } }')).status, 200)
    for (const socket of held) socket.destroy()
  })

  it('gives way to others when the process can have no more', async () => {
    await using rig = await startRouterRig({ settings: { MAX_CONNECTIONS: 6 } })
    const held = ['127.0.0.8', '127.0.0.9'].flatMap((address) =>
      Array.from({ length: 3 }, () => open(rig, address).resume()),
    )
    await Promise.all(held.map((socket) => once(socket, 'connect')))
    const cutOff = closed(held[0]!)
    assert.equal((await rig.query('{ me { id } }')).status, 200)
    await cutOff
    assert.deepEqual(
      held.map(({ destroyed }) => destroyed),
      [true, ...Array(5).fill(false)],
    )
    for (const socket of held) socket.destroy()
  })

  it('gives way to others when the bodies that it does not end are too much', async () => {
    await using rig = await startRouterRig({ settings: { MAX_BODY_BYTES: 2_500 } })
    const held = Array.from({ length: 3 }, () => open(rig, '127.0.0.8').resume())
    await Promise.all(held.map((socket) => once(socket, 'connect')))
    for (const socket of held) socket.write(head('/graphql'))
    await Promise.race(held.map(closed))
    assert.equal((await rig.query('{ me { id } }')).status, 200)
    assert.equal(held.filter(({ destroyed }) => destroyed).length, 1)
    for (const socket of held) socket.destroy()
  })

  it('gets no more from behind a proxy, at once', async () => {
    await using rig = await startRouterRig({ settings: { ...settings, TRUSTED_PROXIES: '127.0.0.1' } })
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
    const downloads = Array.from({ length: 5 }, () =>
      fetch(`${rig.origin}/downloads/endless`, from('203.0.113.7')),
    )
    const held = await Promise.all(downloads)
    const refused = await rig.query('{ me { id } }', from('203.0.113.7'))
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '1')
    const { requestId: _requestId, ...told } = refused.body.errors![0]!.extensions
    assert.deepEqual(told, { code: 'TOO_MANY_REQUESTS', retryAfterMs: 1_000 })
    assert.equal((await rig.query('{ me { id } }', from('203.0.113.8'))).status, 200)
    await Promise.all(held.map(async (response) => await response.body?.cancel()))
  })
})
