/** Clients that are slow on purpose, in every place where a connection is held: each is cut off, and others are served meanwhile. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import * as operations from '#schema/generated/operations.ts'
import { newKey } from '#test/harness/api-client.ts'
import { receivedOffset, sendBytes, type ApiUser } from '#test/harness/api-user.ts'
import { judgeLogs, signUpWatched, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { openRawSocket } from './raw-socket.ts'
import { reportAlone } from './report-attack.ts'

/** As short as the attackers have patience; what is due within them is due at once. */
const deadlines = {
  HEADERS_TIMEOUT_MS: '2000',
  EXCHANGE_TIMEOUT_MS: '2000',
  UPLOAD_LEAST_BYTES: '1000',
  UPLOAD_LEAST_WITHIN_MS: '500',
  TOKEN_TIMEOUT_MS: '500',
}

let attacked: AttackedSystem
let user: ApiUser
before(async () => {
  attacked = await startAttackedSystem({ serviceEnv: { router: deadlines } })
  user = await signUpWatched(attacked)
})
after(() => attacked[Symbol.asyncDispose]())

/** Sends this, then a byte at a time, for as long as it is let. */
async function dripUntilCut(bytes: string, drop: string): Promise<void> {
  const socket = await openSocket()
  // A reset is an end too.
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.resume().write(bytes)
  const drip = drop === '' ? undefined : setInterval(() => socket.write(drop), 50)
  await closed
  clearInterval(drip)
}

async function openSocket(): Promise<Socket> {
  const socket = connect({ port: Number(new URL(attacked.origin).port), host: '127.0.0.1' })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

const head = (method: string, path: string, ...lines: readonly string[]) =>
  [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...lines, '', ''].join('\r\n')
const json = ['Content-Type: application/json', 'Content-Length: 1000']
const chunked = ['Content-Type: application/json', 'Transfer-Encoding: chunked']
const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']

/** What is sent at first, and then again and again. */
const kinds: Readonly<Record<string, readonly [bytes: string, drop: string]>> = {
  'that sends nothing': ['', ''],
  'whose request line drips': ['P', 'O'],
  'whose headers drip': ['POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-A: ', 'a'],
  'whose headers are without end': ['GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-A: a\r\n'],
  'whose operation drips': [`${head('POST', '/graphql', ...json)}{`, ' '],
  'whose operation drips in chunks': [head('POST', '/graphql', ...chunked), '1\r\n \r\n'],
  'whose operation stops': [`${head('POST', '/graphql', ...json)}{`, ''],
  'whose body goes to a page': [head('GET', '/verify-email', ...json), ' '],
  'whose body goes to a path that is none': [head('POST', '/nowhere', ...json), ' '],
  'whose body goes to a download': [head('GET', '/downloads/nothing', ...json), ' '],
  'whose creation of an upload drips': [
    head('POST', '/uploads', 'Tus-Resumable: 1.0.0', 'Upload-Length: 1000', 'Content-Length: 1000'),
    ' ',
  ],
  'whose bytes for an upload that is not there drip': [
    head('PATCH', '/uploads/0/nothing', 'Tus-Resumable: 1.0.0', 'Content-Length: 1000'),
    ' ',
  ],
  'whose upgrade to a WebSocket drips': [
    head('GET', '/graphql', ...upgrade, 'Sec-WebSocket-Key: ').slice(0, -4),
    'a',
  ],
}

describe('a client that is slow on purpose', { concurrency: true }, () => {
  it('keeps nobody else from an answer meanwhile', async (t) => {
    const held = Object.values(kinds).flatMap(([bytes, drop]) =>
      Array.from({ length: 3 }, () => dripUntilCut(bytes, drop)),
    )
    assert.equal((await user.api.ask('{ me { id } }')).errors, undefined)
    await Promise.all(held)
    assert.equal((await user.api.ask('{ me { id } }')).errors, undefined)
    await reportAlone(t, 'connections that are slow on purpose, of each kind', held.length)
  })

  for (const [what, [bytes, drop]] of Object.entries(kinds))
    it(`is cut off: one ${what}`, () => dripUntilCut(bytes, drop))

  it('is cut off in the bytes of an upload, which goes on from there when it comes again', async () => {
    const input = { filename: 'slow.mp4', sizeBytes: 2_000, idempotencyKey: newKey() }
    const { createUpload } = await user.api.run(operations.CreateUploadDocument, { input })
    const { pathname } = new URL(createUpload.upload.url!)
    const tus = ['Tus-Resumable: 1.0.0', 'Upload-Offset: 0', 'Content-Type: application/offset+octet-stream']
    await dripUntilCut(head('PATCH', pathname, ...tus, 'Content-Length: 2000'), 'a')
    const offset = await receivedOffset(createUpload.upload.url!)
    assert.ok(offset < 2_000)
    const rest = await sendBytes(createUpload.upload.url!, Buffer.alloc(2_000 - offset, 'a'), offset)
    assert.equal(rest.status, 204)
  })
})

describe('a WebSocket that says nothing', () => {
  const own = () => openRawSocket(attacked.origin, { headers: { origin: attacked.origin } })

  it('is closed when no greeting comes', async () => {
    using silent = await own()
    assert.equal(await silent.closed, 4408)
  })

  it('is closed when no token comes, whatever else does', async () => {
    using nobody = await own()
    nobody.send({ type: 'connection_init' })
    const pings = setInterval(() => nobody.send({ type: 'ping' }), 50)
    assert.equal(await nobody.closed, 4403)
    clearInterval(pings)
  })
})

it('what was sent slowly stands in no log', () => judgeLogs(attacked))
