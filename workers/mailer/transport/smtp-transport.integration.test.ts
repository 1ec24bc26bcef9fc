import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { createSmtpDouble, type SmtpBehaviour } from '#mailer/transport/testing/smtp-double.ts'
import type { MailMessage } from './mail-transport.ts'
import { createSmtpTransport } from './smtp-transport.ts'

const message: MailMessage = {
  mailId: 'conversion-1:conversionSucceeded',
  messageId: '<one@example.com>',
  from: { name: 'Earshot', address: 'no-reply@example.com' },
  to: 'user@example.com',
  subject: 'Your MP3 is ready: talk.mp3',
  text: 'It is ready.\n',
  html: '<p>It is ready.</p>',
}

/** Sends the message to a server that behaves so, and tells what came of it and whether the body was announced. */
async function sendTo(behaviour: SmtpBehaviour, silenceMs = 5_000) {
  await using server = await createSmtpDouble()
  server.behave(behaviour)
  let announced = 0
  const transport = createSmtpTransport(server.url, { connectMs: 5_000, silenceMs })
  const outcome = await transport.send(message, async () => void announced++)
  return { outcome, announced, taken: server.taken }
}

describe('SMTP transport', () => {
  it('hands a mail over, with our Message-ID and headers that keep programs from answering', async () => {
    const { outcome, announced, taken } = await sendTo('accept')
    assert.deepEqual(outcome, { type: 'accepted' })
    assert.equal(announced, 1)
    assert.match(taken[0]!, /^Message-ID: <one@example\.com>\r$/m)
    assert.match(taken[0]!, /^Auto-Submitted: auto-generated\r$/m)
    assert.match(taken[0]!, /^Content-Type: multipart\/alternative/m)
  })

  it('calls a 4yz to the recipient a refusal for now, before any body is announced', async () => {
    const { outcome, announced } = await sendTo({ recipient: 450 })
    assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
    assert.equal(announced, 0)
  })

  it('calls a 5yz to the recipient a refusal for good, and keeps the address out of its reason', async () => {
    const { outcome, announced } = await sendTo({ recipient: 550 })
    assert.deepEqual(outcome, {
      type: 'refused',
      permanent: true,
      reason: '550 no such luck for the address',
    })
    assert.equal(announced, 0)
  })

  it('calls a 4yz after the body a refusal for now', async () => {
    const { outcome } = await sendTo({ body: 451 })
    assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
  })

  it('calls a 5yz after the body a refusal for good', async () => {
    const { outcome } = await sendTo({ body: 554 })
    assert.equal(outcome.type === 'refused' && outcome.permanent, true)
  })

  for (const behaviour of ['drop-in-body', 'drop-after-body', 'silent-after-body'] as const) {
    it(`does not know what became of a mail when the server does this: ${behaviour}`, async () => {
      const { outcome, announced } = await sendTo(behaviour, 200)
      assert.equal(outcome.type, 'ambiguous')
      assert.equal(announced, 1)
    })
  }

  it('calls a server that is not there a refusal for now', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    const outcome = await createSmtpTransport(`smtp://127.0.0.1:${port}`).send(message, async () =>
      assert.fail('no body'),
    )
    assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
  })

  it('calls a wrong password a refusal for now, since it is not the mail that is wrong', async () => {
    await using server = await createSmtpDouble()
    const url = server.url.replace('smtp://', 'smtp://somebody:wrong@')
    const outcome = await createSmtpTransport(url).send(message, async () => assert.fail('no body'))
    assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
  })

  it('says nothing to another machine before TLS is up, unless the URL does without', async () => {
    await using server = await createSmtpDouble()
    // No loopback address by its name, and yet a way to this machine.
    const url = server.url.replace('127.0.0.1', '0.0.0.0')
    const outcome = await createSmtpTransport(url).send(message, async () => assert.fail('no body'))
    assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
    assert.deepEqual([server.recipients, server.taken], [[], []])
    for (const waiver of ['requireTLS=false', 'ignoreTLS=true'])
      assert.equal(
        (await createSmtpTransport(`${url}?${waiver}`).send(message, async () => {})).type,
        'accepted',
      )
  })

  it('sends no body when it is not let, and passes the objection on', async () => {
    await using server = await createSmtpDouble()
    const objection = new Error('somebody else is on it')
    const sending = createSmtpTransport(server.url).send(message, () => Promise.reject(objection))
    await assert.rejects(sending, objection)
    assert.deepEqual(server.taken, [])
  })

  it('sends no body when the server goes away while it waits to be let', async () => {
    const server = await createSmtpDouble()
    const outcome = await createSmtpTransport(server.url).send(message, async () => {
      await server[Symbol.asyncDispose]()
    })
    assert.equal(outcome.type === 'refused' && !outcome.permanent, true)
    assert.deepEqual(server.taken, [])
  })

  it('takes an address with a comma or a line break for one wrong recipient', async () => {
    await using server = await createSmtpDouble()
    for (const to of ['a@example.com, b@example.com', 'a@example.com\r\nRCPT TO:<b@example.com>']) {
      await createSmtpTransport(server.url).send({ ...message, to }, async () => undefined)
    }
    assert.equal(server.recipients.includes('b@example.com'), false)
  })
})
