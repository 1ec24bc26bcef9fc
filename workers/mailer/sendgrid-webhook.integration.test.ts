/** What SendGrid reports, over HTTP and into the real store. */
import assert from 'node:assert/strict'
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createMailMetrics } from './mail-metrics.ts'
import { createMailStore, type MailStore } from './mail-store.ts'
import { addSendGridWebhook } from './sendgrid-webhook.ts'

const sendGrid = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const earshotMessageId = '<try-2@earshot.example>'
const nowSeconds = () => Math.floor(Date.now() / 1000)

describe('the webhook for SendGrid', () => {
  const resources = new AsyncDisposableStack()
  let store: MailStore
  let url: string
  let mailId: string
  let count = 0
  const logged: string[] = []

  before(async () => {
    const log = pino({}, { write: (line: string) => void logged.push(line) })
    const registry = new Registry()
    const created = createMailStore(resources.use(createTestDatabase()).database, log)
    await created.prepare()
    store = created
    const http = createHttpServer({ log })
    resources.defer(() => http.close())
    const metrics = createMailMetrics(registry)
    await addSendGridWebhook({ http, publicKeys: [sendGrid.publicKey], store, metrics, log })
    url = `${await http.listen({ host: '127.0.0.1', port: 0 })}/webhooks/sendgrid`
  })
  after(() => resources.disposeAsync())

  const mailIn = async (state: MailDocument['state']) => {
    const mail: MailDocument = {
      _id: mailId,
      kind: 'conversionSucceeded',
      userId: 'user-1',
      conversionId: `conversion-${count}`,
      traceparent: null,
      state,
      messageId: earshotMessageId,
      reason: null,
      createdAt: new Date(),
      sentAt: state === 'SENT' ? new Date() : null,
      tries: 0,
      resends: 0,
    }
    await store.insert(mail)
  }
  beforeEach(() => {
    count += 1
    mailId = `conversion-${count}:conversionSucceeded`
  })

  interface Report {
    readonly key?: KeyObject
    readonly timestamp?: number
    readonly body?: string
  }
  const report = async (event: object, { key = sendGrid.privateKey, ...given }: Report = {}) => {
    const timestamp = String(given.timestamp ?? nowSeconds())
    const ours = { earshotMailId: mailId, earshotMessageId, timestamp: nowSeconds() }
    const body = given.body ?? JSON.stringify([{ ...ours, ...event }])
    const headers = {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(timestamp + body), key).toString(
        'base64',
      ),
      'x-twilio-email-event-webhook-timestamp': timestamp,
    }
    const response = await fetch(url, { method: 'POST', headers, body })
    await response.body?.cancel()
    return response.status
  }
  const state = async () => (await store.read(mailId))?.state

  it('records that a mail came back, and why, without the address', async () => {
    await mailIn('SENT')
    assert.equal(await report({ event: 'bounce', reason: '550 no such user someone@example.com' }), 204)
    assert.equal(await state(), 'BOUNCED')
    assert.equal((await store.read(mailId))?.reason, '550 no such user the address')
  })

  it('records that a mail whose fate was unknown has arrived', async () => {
    await mailIn('UNCONFIRMED')
    assert.equal(await report({ event: 'delivered' }), 204)
    assert.equal(await state(), 'SENT')
  })

  it('keeps a dropped mail REFUSED, however late the news comes that it was accepted', async () => {
    await mailIn('UNCONFIRMED')
    await report({ event: 'dropped', reason: 'Bounced Address' })
    await report({ event: 'processed' })
    assert.equal(await state(), 'REFUSED')
  })

  it('leaves a mail alone when the report is about an earlier try', async () => {
    await mailIn('SENT')
    assert.equal(await report({ event: 'bounce', earshotMessageId: '<try-1@earshot.example>' }), 204)
    assert.equal(await state(), 'SENT')
  })

  it('acknowledges what it knows nothing of, so that it is not sent again', async () => {
    assert.equal(await report({ event: 'bounce', earshotMailId: 'gone' }), 204)
    assert.equal(await report({ event: 'open' }), 204)
  })

  it('believes nobody but SendGrid, and no old story', async () => {
    await mailIn('SENT')
    assert.equal(await report({ event: 'bounce' }, { key: stranger.privateKey }), 401)
    assert.equal(await report({ event: 'bounce' }, { timestamp: nowSeconds() - 26 * 3_600 }), 401)
    assert.equal(await state(), 'SENT')
  })

  it('writes into its log nothing that a stranger sends', async () => {
    const headers = { 'x-twilio-email-event-webhook-timestamp': 'x'.repeat(10_000) }
    assert.equal((await fetch(url, { method: 'POST', body: '[]', headers })).status, 401)
    assert.ok(logged.some((line) => line.includes('not signed by SendGrid')))
    assert.ok(logged.every((line) => line.length < 2_000))
  })

  it('refuses a signed body that is no list of events', async () => {
    assert.equal(await report({}, { body: '{"event":' }), 400)
    assert.equal(await report({}, { body: '{}' }), 400)
  })
})
