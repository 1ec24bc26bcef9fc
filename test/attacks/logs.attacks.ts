/** Text that would forge a line of a log, sent wherever a client may send text: the log is one of ours, and has none of it. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { GraphQLScalarType } from 'graphql'
import { readApiSchema } from '#test/attacks/schema/api-schema.ts'
import { inputPlaces } from '#test/attacks/schema/input-places.ts'
import { operationFor } from '#test/attacks/schema/operation-text.ts'
import { inputWith, validArguments } from '#test/attacks/schema/valid-input.ts'
import { onSocket } from '#test/attacks/tenants/ask.ts'
import type { ApiUser } from '#test/harness/api-user.ts'
import { judgeLogs, signUpWatched, startAttackedSystem, type AttackedSystem } from './attacked-system.ts'
import { hostileText, marker } from './hostile-text.ts'
import { rawRequest, sendRaw, statusesOf } from './raw-http.ts'
import { openLiveSocket, openRawSocket } from './raw-socket.ts'
import { reportAlone } from './report-attack.ts'

const takesText = ({ type }: { readonly type: unknown }) =>
  type instanceof GraphQLScalarType && ['String', 'ID', 'DateTime'].includes(type.name)
const places = inputPlaces(await readApiSchema()).filter(takesText)
const inBase64 = Buffer.from(hostileText).toString('base64')
/** As bytes of a header may be: without ends of lines, which would end the header. */
const inHeader = Buffer.from(hostileText.replaceAll(/[\r\n\0]/g, ' ')).toString('latin1')

let attacked: AttackedSystem
let user: ApiUser
let sent = 0
before(async () => {
  const chatty = { LOG_LEVEL: 'debug' }
  const serviceEnv = { router: chatty, auth: chatty, media: chatty, converter: chatty, mailer: chatty }
  attacked = await startAttackedSystem({ serviceEnv })
  user = await signUpWatched(attacked)
  attacked.secrets.add(marker)
})
after(() => attacked[Symbol.asyncDispose]())

describe('text that would forge a line of the log', () => {
  it('is taken or refused as text in every argument and input field', async () => {
    await using socket = onSocket(user.api)
    for (const { field, steps, name } of places) {
      const given = field.steps.map((step) => validArguments(step.args, '', () => undefined))
      given.at(-1)![steps[0].name] = inputWith(steps, hostileText, () => undefined)
      const operation = operationFor(field, given)
      const isLive = field.operation === 'subscription'
      const answer = isLive
        ? await socket.ask(operation)
        : await user.api.ask(operation.query, operation.variables)
      sent += 1
      assert.doesNotMatch(JSON.stringify(answer), /INTERNAL_SERVER_ERROR|SERVICE_UNAVAILABLE/, name)
    }
  })

  it('names no operation and is in none, over HTTP and on a socket', async () => {
    const payloads = [
      { query: 'query Mine { me { id } }', operationName: hostileText },
      { query: `query Mine { me { id } } # ${hostileText}` },
      { query: `{ me(${JSON.stringify(hostileText)}) }` },
      { query: hostileText },
      { query: '{ me { id } }', extensions: { persistedQuery: { version: 1, sha256Hash: hostileText } } },
      { query: '{ me { id } }', variables: { [hostileText]: hostileText } },
      { query: '{ me { id } }', [hostileText]: hostileText },
    ]
    for (const payload of payloads) {
      const body = Buffer.from(JSON.stringify(payload)).toString('latin1')
      const [status] = statusesOf(await sendRaw(attacked.origin, rawRequest(attacked.origin, { body })))
      assert.ok(status! < 500, `${status}: ${JSON.stringify(payload)}`)
      using live = await openLiveSocket(attacked.origin, `Bearer ${user.api.token}`)
      live.send({ type: 'subscribe', id: marker, payload })
      assert.notEqual((await live.next())?.type, undefined)
      sent += 2
    }
  })

  it('is no message of a socket', async () => {
    for (const message of [
      hostileText,
      { type: hostileText },
      { type: 'connection_ack', payload: { [marker]: hostileText } },
      { type: 'ping', payload: hostileText },
      { type: 'connection_init', payload: hostileText },
      { type: 'connection_init', payload: { authorization: hostileText } },
      { type: 'subscribe', id: hostileText, payload: { query: '{ me { id } }' } },
    ]) {
      const live = await openRawSocket(attacked.origin, { headers: { origin: attacked.origin } })
      live.send(message)
      assert.ok([4400, 4401, 4403].includes(await live.closed), JSON.stringify(message))
      sent += 1
    }
    using leaving = await openRawSocket(attacked.origin, { headers: { origin: attacked.origin } })
    leaving.socket.close(4999, marker)
    await leaving.closed
  })

  it('is told by no header, path or upload', async () => {
    const names = [
      ...['User-Agent', 'X-Request-Id', 'Authorization', 'Origin', 'Referer', 'X-Forwarded-For'],
      ...['Forwarded', 'Traceparent', 'Tracestate', 'Baggage', 'Cookie', 'X-Earshot-Assertion'],
      ...['Tus-Resumable', 'Upload-Metadata', 'Upload-Length', 'Range', 'If-None-Match', 'Accept', 'Expect'],
    ]
    const metadata = `Upload-Metadata: filename ${inBase64},idempotencyKey ${inBase64}`
    const path = encodeURIComponent(hostileText)
    const requests = [
      ...names.flatMap((name) => [
        { headers: [`${name}: ${inHeader}`], body: '{"query":"{ me { id } }"}' },
        { method: 'GET', path: '/downloads/nothing', headers: [`${name}: ${inHeader}`] },
        { method: 'HEAD', path: '/uploads/0/nothing', headers: [`${name}: ${inHeader}`] },
      ]),
      ...[`/downloads/${path}`, `/uploads/0/${path}`, `/uploads/${path}`, `/${path}`, `/?${path}`].flatMap(
        (at) => ['GET', 'POST', 'PATCH', 'DELETE'].map((method) => ({ method, path: at })),
      ),
      {
        path: '/uploads',
        headers: [
          ...['Tus-Resumable: 1.0.0', 'Upload-Length: 10', metadata],
          `Authorization: Bearer ${user.api.token}`,
        ],
      },
    ]
    for (const request of requests) {
      const answers = await sendRaw(attacked.origin, rawRequest(attacked.origin, request))
      sent += 1
      for (const status of statusesOf(answers))
        assert.ok(status < 500 || status === 501, `${status}: ${JSON.stringify(request)}`)
    }
    for (const bytes of [
      `${inHeader}\r\n\r\n`,
      `GET /${inHeader} HTTP/1.1\r\n\r\n`,
      `${inHeader} / HTTP/1.1\r\n\r\n`,
    ])
      assert.deepEqual(statusesOf(await sendRaw(attacked.origin, bytes)), [400])
  })

  it('is in no log', async (t) => {
    await judgeLogs(attacked)
    await reportAlone(t, 'text that would forge a line of a log, wherever a client may send text', sent + 4)
  })
})
