/** What SendGrid tells reaches the mailer as it was signed, and nobody reaches anything else there. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

interface Call {
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>
  readonly body: Buffer
}

describe('the webhook of SendGrid', () => {
  const calls: Call[] = []
  const mailer = createServer((request, response) => {
    buffer(request).then(
      (body) => {
        calls.push({ request, body })
        response.writeHead(204).end()
      },
      () => response.destroy(),
    )
  })
  let rig: RouterRig
  before(async () => {
    mailer.listen(0, '127.0.0.1')
    await once(mailer, 'listening')
    const { port } = mailer.address() as AddressInfo
    rig = await startRouterRig({ settings: { MAILER_URL: `http://127.0.0.1:${port}` } })
  })
  after(async () => {
    await rig[Symbol.asyncDispose]()
    mailer.close()
  })

  const call = async (path: string, init: RequestInit = {}) =>
    await fetch(`${rig.origin}${path}`, { method: 'POST', body: '[ {"event":"delivered"} ]', ...init })

  it('is passed on byte for byte, with its signature and without what only we may say', async () => {
    const headers = {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-signature': 'signed',
      'x-twilio-email-event-webhook-timestamp': '1700000000',
      'x-earshot-assertion': 'forged',
    }
    assert.equal((await call('/webhooks/sendgrid', { headers })).status, 204)
    const { request, body } = calls.at(-1)!
    assert.equal(`${request.method} ${request.url}`, 'POST /webhooks/sendgrid')
    assert.equal(body.toString(), '[ {"event":"delivered"} ]')
    assert.equal(request.headers['x-twilio-email-event-webhook-signature'], 'signed')
    assert.equal(request.headers['x-twilio-email-event-webhook-timestamp'], '1700000000')
    assert.equal(request.headers['x-earshot-assertion'], undefined)
  })

  it('leads nowhere else at the mailer', async () => {
    const callsBefore = calls.length
    for (const path of ['/webhooks', '/webhooks/sendgrid/x', '/webhooks/sendgrid?x=1', '/webhooks/other'])
      assert.equal((await call(path)).status, 404, path)
    const { status, headers } = await fetch(`${rig.origin}/webhooks/sendgrid`)
    assert.deepEqual([status, headers.get('allow')], [405, 'POST'])
    assert.equal(calls.length, callsBefore)
  })

  it('costs who calls it, as anybody may', async () => {
    const settings = { MAILER_URL: 'http://127.0.0.1:1', COST_PER_SECOND_PER_ADDRESS: 1 }
    await using slow = await startRouterRig({ settings })
    const statuses: number[] = []
    for (let count = 0; count < 3; count++)
      statuses.push((await fetch(`${slow.origin}/webhooks/sendgrid`, { method: 'POST', body: '[]' })).status)
    assert.deepEqual(statuses, [503, 429, 429])
  })

  it('is there only where the router knows the mailer', async () => {
    await using without = await startRouterRig()
    const response = await fetch(`${without.origin}/webhooks/sendgrid`, { method: 'POST', body: '[]' })
    assert.equal(response.status, 404)
  })

  it('is answered 503 while the mailer is away, so that it is sent again', async () => {
    await using away = await startRouterRig({ settings: { MAILER_URL: 'http://127.0.0.1:1' } })
    const response = await fetch(`${away.origin}/webhooks/sendgrid`, { method: 'POST', body: '[]' })
    assert.equal(response.status, 503)
  })
})
