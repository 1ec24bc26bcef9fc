/** Requests that no client of ours sends: across sites, to paths beside ours, smuggled within others, and with spoofed names. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { awaitMail } from '#test/harness/await-mail.ts'
import { judgeLogs, signUpWatched, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { rawRequest, sendRaw, statusesOf } from './raw-http.ts'
import { openRawSocket } from './raw-socket.ts'
import { reportAlone } from './report-attack.ts'

let attacked: AttackedSystem
before(async () => {
  attacked = await startAttackedSystem()
  await signUpWatched(attacked)
})
after(() => attacked[Symbol.asyncDispose]())

const body = '{"query":"{ me { id } }"}'

describe('a page of another site', () => {
  it('changes nothing that needs no preflight, whatever it calls its body, and reads nothing', async (t) => {
    const { origin } = attacked
    const types = [
      ...['text/plain', 'text/plain; charset=utf-8', 'application/x-www-form-urlencoded', ''],
      ...['multipart/form-data; boundary=a', 'text/plain; application/json', 'multipart/form-data'],
      ...['text/plain, application/json', 'application/x-www-form-urlencoded; a=application/json'],
    ]
    for (const path of ['/graphql', '/guests'])
      for (const type of types) {
        const answer = await fetch(`${origin}${path}`, {
          method: 'POST',
          headers: { 'content-type': type, origin: 'https://evil.example' },
          body: Buffer.from(body),
        })
        assert.equal(answer.status, 415, `${path} ${type}`)
        assert.equal(answer.headers.get('access-control-allow-origin'), null)
      }
    for (const path of ['/graphql?query=mutation{endAllSessions{ended}}', '/graphql', '/guests'])
      for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])
        assert.ok((await fetch(`${origin}${path}`, { method })).status >= 400, `${method} ${path}`)
    // A query may come by GET, from anywhere: it is nobody's, and the page is not shown the answer.
    const headers = { origin: 'https://evil.example' }
    const asked = await fetch(`${origin}/graphql?query={me{id}}`, { headers })
    assert.equal(asked.headers.get('access-control-allow-origin'), null)
    assert.deepEqual(await asked.json(), { data: { me: null } })
    await reportAlone(t, 'operations across sites, without a preflight', 2 * types.length + 16)
  })

  it('opens no WebSocket, whatever it says that its origin is', async (t) => {
    const { host, hostname, port } = new URL(attacked.origin)
    const foreign = [
      ...['https://evil.example', 'null', `http://${host}.evil.example`, `http://evil.example/${host}`],
      ...[`http://${host}@evil.example`, `http://evil.example#${host}`, `https://${host}`, `ws://${host}`],
      ...[`http://localhost:${port}`, `http://[::1]:${port}`, `http://${hostname}`, `http://${hostname}:1`],
      ...[
        `http://${host}/`,
        ` http://evil.example`,
        `HTTP://${host}`,
        'file://',
        `http://${host}, http://evil`,
      ],
    ]
    for (const origin of foreign)
      await assert.rejects(
        openRawSocket(attacked.origin, { headers: { origin } }),
        /answered with 403/,
        origin,
      )
    using own = await openRawSocket(attacked.origin, { headers: { origin: attacked.origin } })
    assert.equal(own.socket.readyState, own.socket.OPEN)
    await reportAlone(t, 'WebSockets across sites', foreign.length)
  })
})

describe('a path beside ours', () => {
  it('leads to nothing inside, however it is written', async (t) => {
    const climbs = ['..', '%2e%2e', '.%2e', '%252e%252e', '..;', '..%00', '%c0%ae%c0%ae', '...', '.']
    const slashes = ['/', '%2f', '\\', '%5c', '//', '%252f']
    const targets = ['metrics', 'graphql', '.well-known/jwks.json', 'health/ready', 'etc/passwd']
    let sent = 0
    for (const prefix of ['/uploads', '/downloads', '/uploads/0', '/Uploads', '//downloads', ''])
      for (const [index, climb] of climbs.entries())
        for (const slash of slashes) {
          const target = targets[(index + sent) % targets.length]!
          const path = `${prefix}/${climb}${slash}${climb}${slash}${target}`
          const answer = await sendRaw(attacked.origin, rawRequest(attacked.origin, { method: 'GET', path }))
          sent += 1
          assert.match(answer, /^HTTP\/1\.1 (400|404|405|414) /, path)
          assert.doesNotMatch(answer, /earshot_|process_cpu|"keys"|"status":"(ready|live)"|root:/, path)
        }
    const { host } = new URL(attacked.origin)
    for (const path of [
      `http://${host}/metrics`,
      'http://127.0.0.1/metrics',
      '/metrics',
      '/health/live',
      '/health/ready',
    ])
      assert.ok(
        statusesOf(
          await sendRaw(attacked.origin, rawRequest(attacked.origin, { method: 'GET', path })),
        ).every((status) => status >= 400),
        path,
      )
    await reportAlone(t, 'paths that climb', sent + 5)
  })
})

describe('a request within another', () => {
  it('is never answered as one of its own', async (t) => {
    const { host } = new URL(attacked.origin)
    const inner = `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nX-Inner: 1\r\nConnection: close\r\n\r\n`
    const head = (...lines: string[]) =>
      `POST /uploads HTTP/1.1\r\nHost: ${host}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`
    const smuggled: Record<string, string> = {
      'both lengths': `${head('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${inner}`,
      'two lengths': `${head('Content-Length: 0', `Content-Length: ${inner.length}`)}${inner}`,
      'a list of lengths': `${head(`Content-Length: 0, ${inner.length}`)}${inner}`,
      'a length with a sign': `${head('Content-Length: +0')}${inner}`,
      'a length in hexadecimal': `${head('Content-Length: 0x0')}${inner}`,
      'a negative length': `${head('Content-Length: -1')}${inner}`,
      'a space before the colon': `${head('Content-Length : 0')}${inner}`,
      'chunked, misspelt': `${head('Transfer-Encoding: xchunked')}0\r\n\r\n${inner}`,
      'chunked twice': `${head('Transfer-Encoding: chunked, chunked')}0\r\n\r\n${inner}`,
      'chunked, then identity': `${head('Transfer-Encoding: chunked', 'Transfer-Encoding: identity')}0\r\n\r\n${inner}`,
      'a folded header': `${head('Transfer-Encoding:\r\n chunked')}0\r\n\r\n${inner}`,
      'a line that ends in LF': `${head('X-A: b\nTransfer-Encoding: chunked')}0\r\n\r\n${inner}`,
      'a chunk of no size': `${head('Transfer-Encoding: chunked')}x\r\n\r\n${inner}`,
      'a chunk with a sign': `${head('Transfer-Encoding: chunked')}-1\r\n\r\n${inner}`,
    }
    for (const [what, bytes] of Object.entries(smuggled)) {
      const answers = statusesOf(await sendRaw(attacked.origin, bytes))
      assert.equal(answers.length, 1, `${what}: ${answers.join()}`)
      assert.ok(answers[0]! >= 400 && answers[0]! < 500, `${what}: ${answers.join()}`)
    }
    await reportAlone(t, 'requests within others', Object.keys(smuggled).length)
  })
})

describe('the name a request gives itself', () => {
  it('is in no link, whatever it spoofs', async () => {
    const { origin, system, secrets } = attacked
    const email = 'spoofed@example.com'
    secrets.add(email)
    const query = 'mutation ($input: SignUpInput!) { signUp(input: $input) { session { id } } }'
    const input = { email, password: 'a long and quiet evening' }
    const headers = [
      ...['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https', 'X-Host: evil.example'],
      ...['Forwarded: host=evil.example', 'X-Original-URL: http://evil.example', 'X-Forwarded-For: 10.0.0.1'],
    ]
    const sent = { host: 'evil.example', headers, body: JSON.stringify({ query, variables: { input } }) }
    assert.deepEqual(statusesOf(await sendRaw(origin, rawRequest(origin, sent))), [200])
    const mail = await awaitMail(system.inbox!, email, /./)
    assert.doesNotMatch(`${mail.text}${mail.html}`, /evil\.example/)
    assert.ok(mail.text?.includes(origin))
  })
})

it('what was sent in odd requests stands in no log', () => judgeLogs(attacked))
