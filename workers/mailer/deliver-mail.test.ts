import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { conversionIn } from '#ledger/testing/sample-records.ts'
import { createDeliverMail } from './deliver-mail.ts'
import { createHandleMailEvent } from './handle-mail-event.ts'
import type { MailStore } from './mail-store.ts'
import { conversionMail } from './new-mail.ts'
import { createSendMail } from './send-mail.ts'
import { createPayMailDebt } from './pay-mail-debt.ts'
import { createSweepMails } from './sweep-mails.ts'
import type { MailTransport, SendOutcome } from '#mailer/transport/mail-transport.ts'

const log = pino({ level: 'silent' })
const event = {
  conversionId: 'conversion-1',
  ownerId: 'user-1',
  uploadId: 'upload-1',
  sequence: 3,
  type: 'SUCCEEDED',
  status: 'SUCCEEDED',
  at: '2026-01-01T00:00:00.000Z',
} as const

/** What stands outside any mailer: the database, and the mail server with its plan for the next bodies. */
interface World {
  readonly mails: Map<string, MailDocument>
  readonly taken: string[]
  readonly plan: SendOutcome[]
  /** How long after its conversion's end each mail was told to be accepted. */
  readonly readyMs: number[]
}

/** Called around each step a mailer takes outside itself; it may throw, or never return. */
type Fate = (moment: 'before' | 'after', step: string) => Promise<void> | void

const newWorld = (...plan: SendOutcome[]): World => ({ mails: new Map(), taken: [], plan, readyMs: [] })

function createStore({ mails }: World, step: <T>(name: string, effect: () => T) => Promise<T>): MailStore {
  const all = () => [...mails.values()]
  const isAsRead = (read: MailDocument) => {
    const now = mails.get(read._id)
    return now !== undefined && now.state === read.state && now.messageId === read.messageId
  }
  return {
    insert: (mail) => step('insert', () => void (mails.has(mail._id) || mails.set(mail._id, mail))),
    read: (id) => step('read', () => mails.get(id) ?? null),
    replace: (read, next) => step('replace', () => isAsRead(read) && Boolean(mails.set(read._id, next))),
    withdraw: (read) => step('withdraw', () => void (isAsRead(read) && mails.delete(read._id))),
    forgetUser: () => step('forget', () => mails.clear()),
    listOfUser: (_userId, states) => step('list', () => all().filter((mail) => states.includes(mail.state))),
    list: (states) => step('list', () => all().filter((mail) => states.includes(mail.state))),
    newestOfUser: () => step('newest', () => null),
  }
}

function createMailer(world: World, fate: Fate = () => undefined) {
  const step = async <T>(name: string, effect: () => T): Promise<T> => {
    await fate('before', name)
    const result = effect()
    await fate('after', name)
    return result
  }
  const store = createStore(world, step)
  const transport: MailTransport = {
    async send(message, beforeBody) {
      await step('connect', () => undefined).catch(() => undefined)
      await beforeBody()
      const outcome = world.plan.shift() ?? { type: 'accepted' }
      const reply = step(
        'body',
        () => void (outcome.type !== 'refused' && world.taken.push(message.messageId)),
      )
      return await reply.then(
        () => outcome,
        () => ({ type: 'ambiguous', reason: 'the connection broke' }) as const,
      )
    },
  }
  const content = { subject: 'Your MP3 is ready', text: 'text', html: '<p>html</p>' }
  const writeMail = async () =>
    ({ type: 'ready', to: 'user@example.com', isProven: true, content, settledAt: new Date(2_000) }) as const
  const metrics = { count: () => undefined, arrived: (readyMs: number) => void world.readyMs.push(readyMs) }
  const from = { name: 'Earshot', address: 'no-reply@example.com' }
  const sendMail = createSendMail({ store, transport, from, recordPatienceMs: 250 })
  const deliver = createDeliverMail({
    store,
    writeMail,
    sendMail,
    countForInbox: async () => true,
    metrics,
    now: () => 9_000,
  })
  const conversions = { read: async (id: string) => conversionIn('SUCCEEDED', { _id: id }) }
  const payDebt = createPayMailDebt({
    store,
    conversions: { markPaid: () => step('paid', () => undefined) },
  })
  const handleOnce = createHandleMailEvent({ store, conversions, payDebt, deliver })
  const handle = () =>
    handleOnce(event, { requestId: 'request-1', log, signal: new AbortController().signal })
  let nowMs = 0
  const limits = { interruptedAfterMs: 60, forgottenAfterMs: 60, giveUpAfterTries: 3, batch: 100 }
  const sweep = createSweepMails({ store, deliver, metrics, log, limits, monotonicMs: () => nowMs })
  /** Looks twice, with more time between than any try may take. */
  const sweepTwice = async () => {
    await sweep(new AbortController().signal)
    nowMs += 60
    await sweep(new AbortController().signal)
  }
  return { handle, sweepTwice }
}

/** A fresh mailer to which the broker gives the event until it is acknowledged, and which sweeps. */
async function recover(world: World): Promise<void> {
  const mailer = createMailer(world)
  await untilAcknowledged(mailer.handle)
  await mailer.sweepTwice()
}

async function untilAcknowledged(handle: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    if (
      await handle().then(
        () => true,
        () => false,
      )
    )
      return
  }
  assert.fail('the event was never acknowledged')
}

/** The names of the steps that an undisturbed mailer takes. */
async function stepsOf(...plan: SendOutcome[]): Promise<string[]> {
  const steps: string[] = []
  const mailer = createMailer(
    newWorld(...plan),
    (moment, step) => void (moment === 'before' && steps.push(step)),
  )
  await mailer.handle().catch(() => undefined)
  return steps
}

const onlyMail = ({ mails }: World) => [...mails.values()][0]!

function assertOnceOrUnconfirmed(world: World, where: string): void {
  const { state } = onlyMail(world)
  assert.equal(world.mails.size, 1, where)
  assert.ok(world.taken.length <= 1, `${where}: sent ${world.taken.length} times`)
  assert.ok(state === 'SENT' || state === 'UNCONFIRMED', `${where}: ended as ${state}`)
  if (state === 'SENT') assert.deepEqual(world.taken, [onlyMail(world).messageId], where)
}

const never = new Promise<never>(() => undefined)
const deferral: SendOutcome = { type: 'refused', permanent: false, reason: '450 later' }
const plans = { 'the mail is taken at once': [], 'the mail is first put off': [deferral] } as const

describe('mail delivery', () => {
  for (const [name, plan] of Object.entries(plans)) {
    for (const moment of ['before', 'after'] as const) {
      it(`sends once or not at all when the mailer dies ${moment} any step, and ${name}`, async () => {
        const steps = await stepsOf(...plan)
        assert.ok(steps.length >= 8, steps.join())
        for (const [place, step] of steps.entries()) {
          const world = newWorld(...plan)
          let count = -1
          const died = Promise.withResolvers<void>()
          const dying = createMailer(world, (now) => {
            if (now === 'before') count += 1
            if (count < place || (count === place && now === 'before' && moment === 'after')) return
            died.resolve()
            return never
          })
          await Promise.race([dying.handle().catch(() => undefined), died.promise])
          await recover(world)
          assertOnceOrUnconfirmed(world, `${moment} ${step} (${place})`)
        }
      })

      it(`sends once or not at all when the reply to any step is an error ${moment} its effect, and ${name}`, async () => {
        for (const [place, step] of (await stepsOf(...plan)).entries()) {
          const world = newWorld(...plan)
          let count = -1
          const unlucky = createMailer(world, (now) => {
            if (now === 'before') count += 1
            if (count === place && now === moment) throw new Error('the connection broke')
          })
          await untilAcknowledged(unlucky.handle)
          await unlucky.sweepTwice()
          assertOnceOrUnconfirmed(world, `${moment} ${step} (${place})`)
        }
      })
    }

    it(`sends once when the mailer sleeps at any step while another takes over, and ${name}`, async () => {
      for (const [place, step] of (await stepsOf(...plan)).entries()) {
        const world = newWorld(...plan)
        let count = -1
        const asleep = Promise.withResolvers<void>()
        const woken = Promise.withResolvers<void>()
        const sleeper = createMailer(world, (now) => {
          if (now === 'before') count += 1
          if (count !== place || now !== 'before') return
          asleep.resolve()
          return woken.promise
        })
        const sleeping = sleeper.handle().catch(() => undefined)
        await asleep.promise
        await recover(world)
        woken.resolve()
        await sleeping
        await recover(world)
        assertOnceOrUnconfirmed(world, `asleep before ${step} (${place})`)
        assert.equal(world.taken.length, 1, `asleep before ${step} (${place})`)
      }
    })
  }

  it('sends one mail for an event that comes ten times to three mailers at once', async () => {
    const world = newWorld()
    const mailers = [createMailer(world), createMailer(world), createMailer(world)]
    await Promise.all(mailers.flatMap(({ handle }) => Array.from({ length: 10 }, handle)))
    assert.equal(world.taken.length, 1)
    assert.equal(onlyMail(world).state, 'SENT')
  })

  it('is given up when it was put off often enough, however old a clock makes it', async () => {
    const world = newWorld(deferral, deferral, deferral)
    const mailer = createMailer(world)
    await assert.rejects(mailer.handle())
    const [id, mail] = [...world.mails][0]!
    world.mails.set(id, { ...mail, createdAt: new Date(0) })
    const states: string[] = []
    for (let sweep = 0; sweep < 3; sweep++) {
      await mailer.sweepTwice()
      states.push(`${onlyMail(world).state} ${onlyMail(world).tries}`)
    }
    assert.deepEqual(states, ['PENDING 2', 'PENDING 3', 'REFUSED 3'])
    assert.deepEqual(world.taken, [])
  })

  it('sends once when the database comes back after its outcome was given up', async () => {
    const world = newWorld()
    let failuresLeft = 0
    const unlucky = createMailer(world, (now, step) => {
      if (now === 'after' && step === 'body') failuresLeft = 2
      else if (now === 'before' && failuresLeft-- > 0) throw new Error('the database is away')
    })
    await assert.rejects(unlucky.handle())
    await untilAcknowledged(unlucky.handle)
    await unlucky.sweepTwice()
    assert.equal(world.taken.length, 1)
    assert.equal(onlyMail(world).state, 'UNCONFIRMED')
  })

  it('never repeats a mail that may have been taken', async () => {
    const world = newWorld({ type: 'ambiguous', reason: 'ECONNECTION' })
    await recover(world)
    await recover(world)
    assert.equal(world.taken.length, 1)
    assert.equal(onlyMail(world).state, 'UNCONFIRMED')
  })

  it('keeps what the server said of a mail it refused for good, and does not repeat it', async () => {
    const world = newWorld({ type: 'refused', permanent: true, reason: '550 no such user' })
    await recover(world)
    await recover(world)
    assert.equal(world.taken.length, 0)
    assert.equal(onlyMail(world).state, 'REFUSED')
    assert.equal(onlyMail(world).reason, '550 no such user')
  })
})

describe('the time from a conversion’s end to its mail', () => {
  it('is told once, when the mail server has accepted it', async () => {
    const world = newWorld({ type: 'refused', permanent: false, reason: '451 later' })
    await recover(world)
    await recover(world)
    assert.deepEqual(world.readyMs, [7_000])
  })

  it('is told of none that was refused, may have been taken, waited for its owner, or is sent again', async () => {
    for (const outcome of [
      { type: 'refused', permanent: true, reason: '550 no such user' },
      { type: 'ambiguous', reason: 'ECONNECTION' },
    ] as const) {
      const world = newWorld(outcome)
      await recover(world)
      assert.deepEqual(world.readyMs, [], outcome.type)
    }
    for (const change of [{ state: 'AWAITING_VERIFICATION' }, { resends: 1 }] as const) {
      const world = newWorld()
      const mail = conversionMail(conversionIn('SUCCEEDED', { _id: event.conversionId }), new Date())
      world.mails.set(mail._id, { ...mail, ...change })
      await recover(world)
      assert.equal(world.taken.length, 1)
      assert.deepEqual(world.readyMs, [], JSON.stringify(change))
    }
  })
})
