import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import type { MailMessage } from './mail-transport.ts'
import { createSendGridTransport } from './sendgrid-transport.ts'

const message: MailMessage = {
  mailId: 'conversion-1:conversionSucceeded',
  messageId: '<one@example.com>',
  from: { name: 'Earshot', address: 'no-reply@example.com' },
  to: 'user@example.com',
  subject: 'Your MP3 is ready: talk.mp3',
  text: 'It is ready.\n',
  html: '<p>It is ready.</p>',
}

interface Request {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

/** Sends the message to an API that answers so. */
async function sendTo(answer: (response: ServerResponse) => void) {
  const requests: Request[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      requests.push({
        path: request.url,
        headers: request.headers,
        body: JSON.parse(body) as Record<string, unknown>,
      })
      answer(response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  let announced = 0
  try {
    const transport = createSendGridTransport({ apiKey: 'SG.test', baseUrl, timeoutMs: 300 })
    const outcome = await transport.send(message, async () => void announced++)
    return { outcome, requests, announced }
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const status =
  (code: number, body: unknown = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))

describe('SendGrid transport', () => {
  it('hands a mail over with our ids in it and no rewriting of links', async () => {
    const { outcome, requests, announced } = await sendTo(status(202))
    assert.deepEqual(outcome, { type: 'accepted' })
    assert.equal(announced, 1)
    const [{ path, headers, body }] = requests as [Request]
    assert.equal(path, '/v3/mail/send')
    assert.equal(headers.authorization, 'Bearer SG.test')
    assert.equal((body['headers'] as Record<string, string>)['Message-ID'], '<one@example.com>')
    assert.deepEqual(body['custom_args'], {
      earshotMailId: message.mailId,
      earshotMessageId: '<one@example.com>',
    })
    assert.deepEqual((body['tracking_settings'] as Record<string, unknown>)['click_tracking'], {
      enable: false,
      enable_text: false,
    })
  })

  for (const code of [401, 403, 429, 503]) {
    it(`calls ${code} a refusal for now`, async () => {
      const { outcome, requests } = await sendTo(status(code))
      assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
      assert.equal(requests.length, 1)
    })
  }

  it('calls 400 a refusal for good, says why, and keeps the address out of it', async () => {
    const { outcome } = await sendTo(
      status(400, { errors: [{ message: 'Does not like user@example.com', field: 'to' }] }),
    )
    assert.deepEqual(outcome, { type: 'refused', permanent: true, reason: '400 Does not like the address' })
  })

  for (const code of [500, 502, 504]) {
    it(`does not know what became of a mail after ${code}`, async () => {
      assert.equal((await sendTo(status(code))).outcome.type, 'ambiguous')
    })
  }

  it('does not know what became of a mail when the connection is cut or no answer comes', async () => {
    assert.equal((await sendTo((response) => void response.destroy())).outcome.type, 'ambiguous')
    assert.equal((await sendTo(() => undefined)).outcome.type, 'ambiguous')
  })

  it('does not follow a redirect with the mail', async () => {
    const { outcome, requests } = await sendTo(
      (response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
    )
    assert.equal(requests.length, 1)
    assert.notEqual(outcome.type, 'accepted')
  })

  it('calls an API that cannot be reached a refusal for now', async () => {
    const transport = createSendGridTransport({ apiKey: 'SG.test', baseUrl: 'http://127.0.0.1:1/' })
    const outcome = await transport.send(message, async () => undefined)
    assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
  })
})
