import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { mailEventSchema, type MailEvent } from '#schema/messages/mail-event.ts'
import type { UserChanged } from '#schema/messages/user-changed.ts'
import { createMongoConversionStore, type ConversionStore } from '#ledger/conversion-store.ts'
import { createDebtSweep } from '#ledger/debt-sweep.ts'
import { conversionIn, mp3 } from '#ledger/testing/sample-records.ts'
import { connectRabbit, type Rabbit } from '#runtime/rabbit/connection.ts'
import { startConsumer } from '#runtime/rabbit/consumer.ts'
import { createPublisher, type Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges, queues } from '#runtime/rabbit/topology.ts'
import { verifyLinkToken } from '#runtime/tokens/link-token.ts'
import { createThrottleStore } from '#runtime/throttle/throttle-store.ts'
import { createThrottles } from '#runtime/throttle/throttles.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'
import { createDeliverMail, type DeliverMail } from './deliver-mail.ts'
import { createHandleMailEvent } from './handle-mail-event.ts'
import { createInboxLimit } from './inbox-limit.ts'
import { createMailMetrics } from './mail-metrics.ts'
import { createMailStore, type MailStore } from './mail-store.ts'
import { createRecipients } from './recipients.ts'
import { createSendMail } from './send-mail.ts'
import { createAuthDouble, type AuthDouble } from '#mailer/testing/auth-double.ts'
import { createSmtpDouble, type SmtpDouble } from '#mailer/transport/testing/smtp-double.ts'
import { createSmtpTransport } from '#mailer/transport/smtp-transport.ts'
import { createPayMailDebt, type PayMailDebt } from './pay-mail-debt.ts'
import { createWriteMail } from './write-mail.ts'

const linkKeys = [Buffer.alloc(32, 1)] as [Buffer]
const publicUrl = 'https://earshot.example'

/** Resolves when as many events have been handled, by success or failure. */
interface Handled {
  wait(count: number): Promise<void>
  add(): void
}

function createHandled(): Handled {
  let handled = 0
  let waiters: { count: number; resolve: () => void }[] = []
  return {
    wait: (count) =>
      new Promise((resolve) => (handled >= count ? resolve() : waiters.push({ count, resolve }))),
    add() {
      handled += 1
      for (const waiter of waiters.filter(({ count }) => handled >= count)) waiter.resolve()
      waiters = waiters.filter(({ count }) => handled < count)
    },
  }
}

describe('mailer', () => {
  const resources = new AsyncDisposableStack()
  let database: TestDatabase
  let auth: AuthDouble
  let smtp: SmtpDouble
  let store: MailStore
  let conversions: ConversionStore
  let deliver: DeliverMail
  let payDebt: PayMailDebt
  let publisher: Publisher
  let handled: Handled
  let user: string
  let count = 0

  before(async () => {
    const log = pino({ level: 'silent' })
    database = resources.use(createTestDatabase())
    auth = resources.use(await createAuthDouble())
    smtp = resources.use(await createSmtpDouble())
    const vhost = resources.use(await createTestVhost())
    store = createMailStore(database.database, log)
    conversions = createMongoConversionStore(database.database, log)
    payDebt = createPayMailDebt({ store, conversions })
    const inboxes = createThrottleStore(database.database, 'inboxes')
    const recipients = createRecipients({ authUrl: auth.url, keys: [auth.key] })
    deliver = createDeliverMail({
      store,
      writeMail: createWriteMail({ conversions, recipients, publicUrl, linkKeys }),
      sendMail: createSendMail({
        store,
        transport: createSmtpTransport(smtp.url),
        from: { name: 'Earshot', address: 'no-reply@earshot.example' },
      }),
      countForInbox: createInboxLimit(createThrottles({ store: inboxes, log, now: () => new Date() }), {
        INBOX_HOURLY_RATE: { count: 3, windowMs: 3_600_000 },
        INBOX_DAILY_RATE: { count: 10, windowMs: 86_400_000 },
      }),
      metrics: createMailMetrics(new Registry()),
    })
    const handle = createHandleMailEvent({ store, conversions, payDebt, deliver })
    const rabbit: Rabbit = resources.use(await connectRabbit(vhost.url, log))
    publisher = resources.use(await createPublisher(rabbit))
    const consumer = await startConsumer(
      { rabbit, publisher, log },
      {
        queue: queues.mail,
        schema: mailEventSchema,
        prefetch: 8,
        signal: new AbortController().signal,
        handle: (event, delivery) => handle(event, delivery).finally(() => handled.add()),
      },
    )
    resources.use(consumer)
  })

  after(() => resources.disposeAsync())

  beforeEach(() => {
    handled = createHandled()
    count += 1
    user = `user-${count}`
    auth.users.set(user, { email: `${user}@example.com`, emailVerified: true })
    auth.afterReading = () => undefined
    smtp.taken.length = 0
    smtp.behave()
  })

  const keep = async (record: ConversionRecord) =>
    void (await database.database.collection<ConversionRecord>('conversions').insertOne(record))

  const publish = async (body: MailEvent, routingKey: string) =>
    await publisher.publish({ exchange: exchanges.events, routingKey, schema: mailEventSchema, body })

  const finished = (conversionId: string, status: 'SUCCEEDED' | 'FAILED') =>
    publish(
      {
        conversionId,
        ownerId: user,
        uploadId: 'upload-1',
        sequence: 3,
        type: status,
        status,
        at: '2026-01-01T00:00:00.000Z',
      },
      `conversion.${status.toLowerCase()}`,
    )

  const userEvent = (type: UserChanged['type'], eventId: string) =>
    publish({ type, userId: user, eventId }, `user.${type}`)

  const stateOf = async (mailId: string) => (await store.read(mailId))?.state

  it('sends one mail with a link of 7 days that opens the MP3, for an event that comes ten times', async () => {
    await keep(conversionIn('SUCCEEDED', { _id: 'c-success', ownerId: user }))
    await Promise.all(Array.from({ length: 10 }, () => finished('c-success', 'SUCCEEDED')))
    await handled.wait(10)
    assert.equal(smtp.taken.length, 1)
    const text = decoded(smtp.taken[0]!)
    assert.match(text, /^Subject: Your MP3 is ready: talk\.mp3\r?$/m)
    assert.match(text, new RegExp(`^To: ${user}@example\\.com\r?$`, 'm'))
    const token = /https:\/\/earshot\.example\/downloads\/([\w.-]+)/.exec(text)![1]!
    assert.deepEqual(await verifyLinkToken(token, linkKeys), {
      conversionId: 'c-success',
      mp3Id: mp3.id,
      linkGeneration: 0,
    })
    const linked = await conversions.read('c-success')
    assert.ok(linked?.status === 'SUCCEEDED' && linked.linksGiven, 'a mailed link can be revoked')
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp: number }
    assert.ok(Math.abs(exp - Date.now() / 1000 - 7 * 24 * 3600) < 60)
    const mail = (await store.read('c-success:conversionSucceeded'))!
    assert.equal(mail.state, 'SENT')
    assert.ok(text.includes(`Message-ID: ${mail.messageId}`))
  })

  it('finds what is owed when no event ever comes, and sends it once', async () => {
    await keep(conversionIn('SUCCEEDED', { _id: 'c-silent', ownerId: user }))
    const log = pino({ level: 'silent' })
    const pay = async (conversion: ConversionRecord) =>
      await deliver((await payDebt(conversion))!, { requestId: undefined, log })
    const sweep = createDebtSweep({ ledger: conversions, debt: 'mail', pay, log })
    const { signal } = new AbortController()
    await sweep(signal)
    assert.equal(smtp.taken.length, 0, 'the event may still be on its way')
    await sweep(signal)
    await sweep(signal)
    await finished('c-silent', 'SUCCEEDED')
    await handled.wait(1)
    assert.equal(smtp.taken.length, 1)
    assert.equal(await stateOf('c-silent:conversionSucceeded'), 'SENT')
    assert.deepEqual(await Array.fromAsync(conversions.each({ owes: 'mail' })), [])
  })

  it('says in words why a conversion failed', async () => {
    await keep(conversionIn('FAILED', { _id: 'c-failure', ownerId: user }))
    await finished('c-failure', 'FAILED')
    await handled.wait(1)
    const text = decoded(smtp.taken[0]!)
    assert.match(text, /^Subject: Could not convert talk\.mp4\r?$/m)
    assert.match(text, /The file is damaged\./)
  })

  it('sends nothing about a deleted conversion', async () => {
    await keep(conversionIn('DELETED', { _id: 'c-deleted', ownerId: user }))
    await finished('c-deleted', 'SUCCEEDED')
    await handled.wait(1)
    assert.equal(smtp.taken.length, 0)
    assert.equal(await stateOf('c-deleted:conversionSucceeded'), undefined)
  })

  it('sends nothing to a user who is gone', async () => {
    auth.users.delete(user)
    await keep(conversionIn('SUCCEEDED', { _id: 'c-nobody', ownerId: user }))
    await finished('c-nobody', 'SUCCEEDED')
    await handled.wait(1)
    assert.equal(smtp.taken.length, 0)
  })

  it('forgets the mails of a user who was removed, sent and held, and nobody else’s, however often it is told', async () => {
    auth.users.get(user)!.emailVerified = false
    await keep(conversionIn('SUCCEEDED', { _id: 'c-removed', ownerId: user }))
    await finished('c-removed', 'SUCCEEDED')
    await keep(conversionIn('FAILED', { _id: 'c-bystander', ownerId: 'bystander' }))
    auth.users.set('bystander', { email: 'bystander@example.com', emailVerified: true })
    await finished('c-bystander', 'FAILED')
    await handled.wait(2)
    const mails = database.database.collection('mails')
    assert.equal(await mails.countDocuments({ userId: user }), 2)
    auth.users.delete(user)
    for (let times = 0; times < 2; times++) await publish({ type: 'removed', userId: user }, 'user.removed')
    await handled.wait(4)
    assert.equal(await mails.countDocuments({ userId: user }), 0)
    assert.equal(await mails.countDocuments({ userId: 'bystander' }), 1)
    // What was still on its way about the user comes to nothing.
    await finished('c-removed', 'SUCCEEDED')
    await handled.wait(5)
    assert.equal(await mails.countDocuments({ userId: user }), 0)
  })

  it('sends nothing to a guest', async () => {
    auth.users.set(user, { email: null, emailVerified: false })
    await keep(conversionIn('SUCCEEDED', { _id: 'c-guest', ownerId: user, toBeMailed: false }))
    await finished('c-guest', 'SUCCEEDED')
    // Nor where it were owed.
    await keep(conversionIn('SUCCEEDED', { _id: 'c-owed', ownerId: user }))
    await finished('c-owed', 'SUCCEEDED')
    await handled.wait(2)
    assert.equal(smtp.taken.length, 0)
  })

  it('holds the mail to an unverified address, asks once to verify, and sends it when that is done', async () => {
    auth.users.get(user)!.emailVerified = false
    await keep(conversionIn('SUCCEEDED', { _id: 'c-held', ownerId: user }))
    await finished('c-held', 'SUCCEEDED')
    await finished('c-held', 'SUCCEEDED')
    await handled.wait(2)
    assert.equal(await stateOf('c-held:conversionSucceeded'), 'AWAITING_VERIFICATION')
    assert.equal(smtp.taken.length, 1)
    assert.match(decoded(smtp.taken[0]!), /https:\/\/earshot\.example\/verify-email#token=token%2Fof%20user-/)

    auth.users.get(user)!.emailVerified = true
    await userEvent('emailVerified', 'event-held')
    await handled.wait(3)
    assert.equal(await stateOf('c-held:conversionSucceeded'), 'SENT')
    assert.equal(smtp.taken.length, 2)
  })

  it('does not hold a mail for ever when the address is verified just as it is being held', async () => {
    const entry = auth.users.get(user)!
    entry.emailVerified = false
    auth.afterReading = () => void (entry.emailVerified = true)
    await keep(conversionIn('SUCCEEDED', { _id: 'c-race', ownerId: user }))
    await finished('c-race', 'SUCCEEDED')
    await handled.wait(1)
    assert.equal(await stateOf('c-race:conversionSucceeded'), 'SENT')
  })

  it('mails a verification once for a request, and none to an address that is verified', async () => {
    auth.users.get(user)!.emailVerified = false
    await userEvent('emailVerificationRequested', 'event-1')
    await userEvent('emailVerificationRequested', 'event-1')
    await handled.wait(2)
    assert.equal(smtp.taken.length, 1)
    auth.users.get(user)!.emailVerified = true
    await userEvent('emailVerificationRequested', 'event-2')
    await handled.wait(3)
    assert.equal(smtp.taken.length, 1)
  })

  it('mails the link that sets a new password, once for a request', async () => {
    await userEvent('passwordResetRequested', 'event-reset')
    await userEvent('passwordResetRequested', 'event-reset')
    await handled.wait(2)
    assert.equal(smtp.taken.length, 1)
    assert.match(
      decoded(smtp.taken[0]!),
      /https:\/\/earshot\.example\/reset-password#token=reset\.of%20user-/,
    )
  })

  it('lets no inbox be filled by accounts, and drops no mail about a conversion for it', async () => {
    for (let n = 0; n < 12; n++) {
      auth.users.set(`${user}-${n}`, { email: `victim+${n}@example.com`, emailVerified: false })
      const event = {
        type: 'emailVerificationRequested',
        userId: `${user}-${n}`,
        eventId: `flood-${n}`,
      } as const
      await publish(event, 'user.emailVerificationRequested')
    }
    await handled.wait(12)
    assert.equal(smtp.taken.length, 2)
    auth.users.set(user, { email: 'victim@example.com', emailVerified: true })
    for (const asked of [1, 2]) await userEvent('passwordResetRequested', `owner-${asked}`)
    await handled.wait(14)
    assert.equal(smtp.taken.length, 3, 'the last one is its owner’s')
    await keep(conversionIn('SUCCEEDED', { _id: 'c-victim', ownerId: user }))
    await finished('c-victim', 'SUCCEEDED')
    await handled.wait(15)
    assert.equal(await stateOf('c-victim:conversionSucceeded'), 'SENT')
  })

  it('leaves a mail owed when the server puts it off, and sends it when the event comes again', async () => {
    smtp.behave({ body: 451 })
    await keep(conversionIn('SUCCEEDED', { _id: 'c-deferred', ownerId: user }))
    await finished('c-deferred', 'SUCCEEDED')
    await handled.wait(1)
    assert.equal(await stateOf('c-deferred:conversionSucceeded'), 'PENDING')
    // The broker brings it again after 5 s.
    await handled.wait(2)
    assert.equal(await stateOf('c-deferred:conversionSucceeded'), 'SENT')
    assert.equal(smtp.taken.length, 1)
  })

  it('records a refusal for good with its reason, without the address', async () => {
    smtp.behave({ recipient: 550 })
    await keep(conversionIn('SUCCEEDED', { _id: 'c-refused', ownerId: user }))
    await finished('c-refused', 'SUCCEEDED')
    await handled.wait(1)
    const mail = (await store.read('c-refused:conversionSucceeded'))!
    assert.equal(mail.state, 'REFUSED')
    assert.equal(mail.reason, '550 no such luck for the address')
  })

  it('does not repeat a mail whose connection broke after the body', async () => {
    smtp.behave('drop-after-body')
    await keep(conversionIn('SUCCEEDED', { _id: 'c-ambiguous', ownerId: user }))
    await finished('c-ambiguous', 'SUCCEEDED')
    await finished('c-ambiguous', 'SUCCEEDED')
    await handled.wait(2)
    assert.equal(await stateOf('c-ambiguous:conversionSucceeded'), 'UNCONFIRMED')
    assert.equal(smtp.taken.length, 1)
  })

  it('cannot be made to write headers by a file name', async () => {
    const conversion = conversionIn('SUCCEEDED', { _id: 'c-injection', ownerId: user })
    const filename = 'a\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>.mp3'
    await keep({ ...conversion, mp3s: [{ ...mp3, filename }] })
    await finished('c-injection', 'SUCCEEDED')
    await handled.wait(1)
    const raw = smtp.taken[0]!
    assert.doesNotMatch(raw.slice(0, raw.indexOf('\r\n\r\n')), /^Bcc:/m)
    const page = decoded(raw.slice(raw.indexOf('Content-Type: text/html')))
    assert.match(page, /&lt;script&gt;/)
    assert.doesNotMatch(page, /<script>/)
  })

  it('sends a mail once more for each wish of its owner, however often the wish is delivered', async () => {
    const conversion = conversionIn('SUCCEEDED', { _id: `resend-${count}`, ownerId: user })
    await keep(conversion)
    smtp.behave({ recipient: 550 })
    await finished(conversion._id, 'SUCCEEDED')
    await handled.wait(1)
    const mailId = `${conversion._id}:conversionSucceeded`
    const refused = (await store.read(mailId))!
    assert.equal(refused.state, 'REFUSED')
    smtp.behave()
    const { messageId, resends } = refused
    const wish = { type: 'resendMail', mailId, messageId, resends } as const
    for (let copy = 0; copy < 3; copy++)
      await publisher.publish({
        exchange: exchanges.commands,
        routingKey: queues.mail,
        schema: mailEventSchema,
        body: wish,
      })
    await handled.wait(4)
    assert.equal((await store.read(mailId))?.state, 'SENT')
    assert.equal(smtp.taken.length, 1)
  })
})

/** The mail with its quoted-printable parts and header encodings undone, close enough to search in. */
function decoded(raw: string): string {
  const unfolded = raw.replace(/=\r\n/g, '').replace(/\r\n[ \t]+/g, ' ')
  return unfolded.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
