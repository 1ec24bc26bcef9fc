/** GraphQL over HTTP and graphql-ws, spoken as nobody should: each is refused as the client's fault, and by a stable code. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { ApiUser } from '#test/harness/api-user.ts'
import { judgeLogs, signUpWatched, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { escaped, me, oddBodies } from './odd-bodies.ts'
import { oddMessages, oddMessagesLater } from './odd-messages.ts'
import { openLiveSocket, openRawSocket } from './raw-socket.ts'
import { reportAlone } from './report-attack.ts'

let attacked: AttackedSystem
let user: ApiUser
before(async () => {
  attacked = await startAttackedSystem()
  user = await signUpWatched(attacked)
})
after(() => attacked[Symbol.asyncDispose]())

async function post(body: string | Buffer, headers: Readonly<Record<string, string>> = {}, method = 'POST') {
  const answer = await fetch(`${attacked.origin}/graphql`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method !== 'GET' && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  })
  return { status: answer.status, text: await answer.text() }
}

/** In our shape, with a code, and nothing of what is inside. */
function assertRefused({ status, text }: { readonly status: number; readonly text: string }, what: string) {
  assert.ok(status >= 400 && status < 500, `${what}: ${status} ${text.slice(0, 200)}`)
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] }
  assert.ok(errors.length > 0 && errors.length <= 100, what)
  for (const { extensions } of errors) {
    assert.match(extensions.code, /^[A-Z_]+$/, what)
    assert.notEqual(extensions.code, 'INTERNAL_SERVER_ERROR', what)
  }
  assert.doesNotMatch(text, /node_modules|\bat [\w.<>]+ \(|\.ts:\d|stacktrace|Did you mean/i, what)
}

describe('an operation over HTTP', () => {
  it('is refused where it is none, whatever is sent for it', async (t) => {
    for (const [what, body] of Object.entries(oddBodies)) {
      const answer = await post(body)
      // Clients of persisted queries go by this answer, and send the text.
      if (what === 'a persisted query') assert.match(answer.text, /"code":"BAD_REQUEST"/)
      else assertRefused(answer, what)
    }
    await reportAlone(t, 'bodies that are no operation', Object.keys(oddBodies).length)
  })

  it('does not come by another method, in another form or compressed', async () => {
    const mutation = '{"query":"mutation { endAllSessions { ended } }"}'
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
      assert.ok((await post(mutation, {}, method)).status >= 400, method)
    const { status, text } = await post(mutation, {}, 'OPTIONS')
    assert.deepEqual([status, text], [204, ''])
    const form =
      '--a\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{ me { id } }"}\r\n--a--'
    assert.equal((await post(form, { 'content-type': 'multipart/form-data; boundary=a' })).status, 415)
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip']) {
      const body = gzipSync(`{"query":${escaped(me)}}`)
      assertRefused(await post(body, { 'content-encoding': encoding }), encoding)
    }
  })

  it('tells no plan, trace or suggestion, whatever is asked for', async () => {
    const headers = {
      'apollo-query-plan-experimental': '1',
      'apollo-federation-include-trace': 'ftv1',
      'apollo-expose-query-plan': 'true',
    }
    const { status, text } = await post(`{"query":${escaped(me)}}`, headers)
    assert.deepEqual([status, text.trim()], [200, '{"data":{"me":null}}'])
    assertRefused(await post('{"query":"{ mee { idd } }"}'), 'a misspelt field')
  })
})

describe('a WebSocket', () => {
  it('is opened under the one protocol that we speak', async () => {
    const headers = { authorization: `Bearer ${user.api.token}` }
    for (const protocols of ['graphql-ws', 'soap', ['graphql-ws', 'mqtt'], []])
      await assert.rejects(
        async () => {
          using live = await openRawSocket(attacked.origin, { protocols, headers })
          live.send({ type: 'connection_init', payload: { authorization: headers.authorization } })
          if ((await live.next()) === null) throw new Error(`closed with ${await live.closed}`)
        },
        /closed with 4406|Server sent no subprotocol|answered with/,
        String(protocols),
      )
  })

  it('is closed by a message that is out of order or of no form, by a code that says which', async (t) => {
    for (const [what, messages, code] of oddMessages) {
      const live = await openRawSocket(attacked.origin)
      for (const message of messages) live.send(message)
      assert.equal(await live.closed, code, what)
    }
    for (const [what, messages, code] of oddMessagesLater) {
      const live = await openLiveSocket(attacked.origin, `Bearer ${user.api.token}`)
      for (const message of messages) live.send(message)
      assert.equal(await live.closed, code, what)
    }
    await reportAlone(t, 'messages of odd forms on WebSockets', oddMessages.length + oddMessagesLater.length)
  })

  it('goes on after what means nothing, and takes any text for an id', async () => {
    using live = await openLiveSocket(attacked.origin, `Bearer ${user.api.token}`)
    live.send({ type: 'pong' })
    live.send({ type: 'complete', id: 'of-nobody' })
    for (const id of ['__proto__', 'constructor', 'toString', '\u2028', '🎵']) {
      live.send({ type: 'subscribe', id, payload: { query: me } })
      assert.deepEqual(await live.next(), { id, type: 'next', payload: { data: { me: { id: user.id } } } })
      assert.deepEqual(await live.next(), { id, type: 'complete' })
    }
  })
})

describe('where our processes listen', () => {
  it('is this machine alone, and health and figures are on no port that clients come to', async () => {
    const { deployment, services } = attacked.system
    const origins = [
      ...Object.values(deployment.origins),
      ...[...services.values()].map(({ healthOrigin }) => healthOrigin),
    ]
    for (const { port } of origins.map((origin) => new URL(origin)))
      assert.equal(await connectTo('127.0.0.2', Number(port)), 'ECONNREFUSED', port)
    for (const origin of Object.values(deployment.origins))
      for (const path of ['/metrics', '/health/live', '/health/ready'])
        assert.equal((await fetch(origin + path)).status, 404, `${origin}${path}`)
  })
})

function connectTo(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy()
      resolve('connected')
    })
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(String(code)))
  })
}

describe('a page that a mail links to', () => {
  it('runs its own script alone, is in no frame, tells nobody where it was, and shows nothing of its address', async () => {
    for (const path of ['/verify-email', '/reset-password']) {
      const answer = await fetch(`${attacked.origin}${path}?token=<script>alert(1)</script>`)
      const policy = answer.headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'/)
      assert.match(policy, /script-src 'sha256-[\w+/=]+'(;|$)/)
      assert.match(policy, /frame-ancestors 'none'/)
      assert.doesNotMatch(policy, /unsafe-inline'.*script|unsafe-eval/)
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
      assert.doesNotMatch(await answer.text(), /alert\(1\)/)
    }
  })
})

it('what was sent by odd protocols stands in no log', () => judgeLogs(attacked))
