/**
 * The delivery of conversions as a model: the real state machine, shell, turns, outbox, relay and fate of blobs over a
 * store, a broker and blobs of single steps that can fail, with two workers, a reaper, a collector, a mailer and a cancel.
 */
import assert from 'node:assert/strict'
import { pino } from 'pino'
import { conversionDocumentSchema, type ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { ConversionChanged } from '#schema/messages/conversion-changed.ts'
import type { ConvertVideo } from '#schema/messages/convert-video.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { queues } from '#runtime/rabbit/topology.ts'
import { isMailed } from '#ledger/conversion-mail.ts'
import { createConversionOutbox } from '#ledger/conversion-outbox.ts'
import type { ConversionStore } from '#ledger/conversion-store.ts'
import { createLedger } from '#ledger/ledger.ts'
import { fateOfOutput, outputBlobId } from '#ledger/output-fate.ts'
import { isFinished, transition } from '#ledger/transition.ts'
import { createScheduler, type Bounds, type Choose, type Scheduler } from '#runtime/testing/interleavings.ts'
import { createMemoryConversionStore, type MemoryConversionStore } from './memory-conversion-store.ts'
import { mp3, newConversion, passing } from './sample-records.ts'

/** What a mutant changes; nothing for the real thing. */
export interface Mutation {
  readonly decide?: typeof transition
  readonly store?: (store: MemoryConversionStore) => ConversionStore
  readonly fate?: typeof fateOfOutput
  readonly acknowledgeEarly?: boolean
  readonly beatAfterSucceed?: boolean
  readonly announceBeforeWrite?: boolean
  readonly strikeOffEarly?: boolean
}

export interface ModelOptions {
  readonly bounds: Bounds
  readonly mutation?: Mutation
  readonly cancels?: boolean
  readonly mails?: boolean
  /** Ordered by a guest: nobody is told of its end by mail. */
  readonly isOfGuest?: boolean
  /** Somebody else orders another one meanwhile. */
  readonly orders?: boolean
  /** The first attempt at the first one fails, and is to be repeated after a while. */
  readonly fails?: boolean
}

const log = pino({ level: 'silent' })
const first = newConversion
const other = { ...newConversion, _id: 'conversion-2', ownerId: 'user-2' }
const workerLooks = 3
const sweeps = 2
const never = new AbortController().signal

/** One run. @throws AssertionError when a promise of the design is broken. */
export async function runDelivery(choose: Choose, options: ModelOptions): Promise<void> {
  const { bounds, cancels = false, mails = false, orders = false, fails = false } = options
  const world = createWorld(options)
  const scheduler = createScheduler(choose, bounds)
  scheduler.onCrash(world.giveBack)
  await world.enqueue(choose)
  scheduler.start('worker-1', () => world.work(scheduler, 'worker-1'))
  scheduler.start('reaper', () => world.reap(scheduler, 'reaper'))
  scheduler.start('worker-2', () => world.work(scheduler, 'worker-2'))
  if (orders) scheduler.start('other owner', () => world.order(scheduler, 'other owner'))
  if (fails) scheduler.start('clock', () => world.letGo(scheduler, 'clock'))
  if (cancels) scheduler.start('owner', () => world.cancel(scheduler, 'owner'))
  if (mails) scheduler.start('mailer', () => world.pay(scheduler, 'mailer'))
  scheduler.start('collector', () => world.collect(scheduler, 'collector'))
  await scheduler.run()
  // Now everything works again: what was accepted must come to its end.
  await world.recover()
  world.check()
}

function createWorld({ mutation = {}, isOfGuest = false, fails = false }: ModelOptions) {
  const memory = createMemoryConversionStore()
  const stored = mutation.store?.(memory) ?? memory
  const fate = mutation.fate ?? fateOfOutput
  const queue: ConvertVideo[] = []
  /** Commands that are held back, and the attempts that were to be repeated later, until the time for it has come. */
  const held: ConvertVideo[] = []
  const early = new Set<string>()
  const claimedEarly: string[] = []
  const delivered = new Map<string, ConvertVideo>()
  const announced: ConversionChanged[] = []
  const intents = new Map<string, { readonly conversionId: string; readonly attempt: number }>()
  const blobs = new Set<string>()
  const winners: { readonly conversionId: string; readonly leaseId: string }[] = []
  const mails = new Set<string>()

  /** The parts as one process has them: every call of theirs is a step of that process. */
  const process = (step: <T>(effect: () => T, fallible?: boolean) => Promise<T>) => {
    const remote = <T>(call: () => Promise<T>) => step(() => call()).then((result) => result)
    const store: ConversionStore = {
      insert: (document) => remote(() => stored.insert(document)),
      read: (which) => step(() => stored.read(which), false).then((record) => record),
      replace: async (revision, record, beat) => {
        if (mutation.announceBeforeWrite) await outbox.announceNow(record)
        return await remote(async () => {
          const replaced = await stored.replace(revision, record, beat)
          if (replaced && record.status === 'QUEUED' && record.retryDelayMs > 0)
            early.add(keyOf(record._id, record.attempt))
          return replaced
        })
      },
      beat: (...beat) => remote(() => stored.beat(...beat)),
      markAnnounced: (...mark) => remote(() => stored.markAnnounced(...mark)),
      markPaid: (...paid) => remote(() => stored.markPaid(...paid)),
      markLinksGiven: (...given) => remote(() => stored.markLinksGiven(...given)),
      page: (query) => step(() => stored.page(query), false).then((records) => records),
      async *each(query) {
        yield* await step(() => Array.fromAsync(stored.each(query)), false)
      },
      count: (query) => step(() => stored.count(query), false).then((count) => count),
      remove: (...remove) => remote(() => stored.remove(...remove)),
      markReady: (...ready) => remote(() => stored.markReady(...ready)),
      nextReady: () => step(() => stored.nextReady(), false).then((next) => next),
      // They decide who is next, not whether: no steps of their own.
      takeTurn: (...turn) => stored.takeTurn(...turn),
      reachTurn: (turn) => stored.reachTurn(turn),
      forgetTurns: () => stored.forgetTurns(),
    }
    const publisher: Pick<Publisher, 'publish'> = {
      publish: ({ exchange, routingKey, body }) =>
        step(() => {
          if (exchange !== 'commands') announced.push(body as ConversionChanged)
          else if (routingKey === queues.convert) queue.push(body as ConvertVideo)
          else held.push(body as ConvertVideo)
        }),
    }
    const outbox = createConversionOutbox({ store, publisher, log })
    const announce = mutation.announceBeforeWrite ? () => undefined : outbox.announce
    const decide = mutation.decide ?? transition
    const ledger = createLedger({ store, announce, decide, pause: async () => undefined })
    return { store, outbox, ledger }
  }
  const direct = process(async (effect) => effect())

  const work = async (step: <T>(effect: () => T, fallible?: boolean) => Promise<T>, actor: string) => {
    const { ledger } = process(step)
    // Finding the queue empty, a worker looks again a few times: meanwhile a job may have come back.
    for (let looks = 0; looks < workerLooks;) {
      const command = await step(() => {
        const next = queue.shift()
        if (next && !mutation.acknowledgeEarly) delivered.set(actor, next)
        return next
      }, false)
      if (command === undefined) {
        looks++
        continue
      }
      await convert(step, ledger, actor, command)
      await step(() => void delivered.delete(actor), false)
    }
  }
  const convert = async (
    step: <T>(effect: () => T, fallible?: boolean) => Promise<T>,
    ledger: ReturnType<typeof createLedger>,
    actor: string,
    command: ConvertVideo,
  ) => {
    const claimed = await ledger.claimNext(command, actor)
    if (claimed === null) return
    const { _id: conversionId, attempt, lease } = claimed
    if (early.has(keyOf(conversionId, attempt - 1))) claimedEarly.push(keyOf(conversionId, attempt))
    const isToFail = fails && conversionId === first._id && attempt === 1
    if (isToFail) {
      await ledger.apply(conversionId, { type: 'release', leaseId: lease.id, failure: passing })
      return
    }
    const blobId = outputBlobId(conversionId, attempt)
    await step(() => void intents.set(blobId, { conversionId, attempt }))
    await step(() => void blobs.add(blobId))
    const applied = await ledger.apply(conversionId, {
      type: 'succeed',
      leaseId: lease.id,
      mp3s: [{ ...mp3, id: blobId, blobId }],
      warnings: [],
    })
    if (applied.ok) winners.push({ conversionId, leaseId: lease.id })
    if (mutation.beatAfterSucceed) await ledger.beat(conversionId, lease.id, 9, null).catch(() => false)
  }
  const reap = async (step: <T>(effect: () => T, fallible?: boolean) => Promise<T>) => {
    const { ledger } = process(step)
    for (let round = 0; round < sweeps; round++) {
      for await (const { _id, revision, lease } of ledger.each({ status: 'RUNNING' }))
        await ledger.apply(_id, { type: 'evict', revision, leaseId: lease.id, beat: lease.beat })
    }
  }
  const collect = async (step: <T>(effect: () => T, fallible?: boolean) => Promise<T>) => {
    for (let round = 0; round < sweeps; round++) {
      const open = await step(() => [...intents], false)
      for (const [blobId, { conversionId, attempt }] of open) {
        const record = await step(() => memory.records.get(conversionId) ?? null, false)
        if (fate(record, blobId, attempt) === 'garbage') await step(() => void blobs.delete(blobId), false)
      }
    }
  }
  /** Pays what a finished conversion owes, as the mailer does: the mail is recorded under a unique id, the debt struck off. */
  const pay = async (step: <T>(effect: () => T, fallible?: boolean) => Promise<T>) => {
    const { ledger } = process(step)
    for (let round = 0; round < sweeps; round++)
      for await (const conversion of ledger.each({ owes: 'mail' })) {
        const record = () => step(() => void (isMailed(conversion) && mails.add(mailOf(conversion))))
        const strikeOff = () => ledger.markPaid(conversion._id, 'mail')
        for (const act of mutation.strikeOffEarly ? [strikeOff, record] : [record, strikeOff]) await act()
      }
  }
  const areOver = () => checkedRecords(memory).every(({ finishedAt }) => finishedAt !== null)
  const letGo = () => {
    for (const command of held.splice(0)) {
      early.delete(keyOf(command.conversionId, command.attempt))
      queue.push(command)
    }
  }

  const giveBack = (actor: string) => {
    const command = delivered.get(actor)
    if (command) queue.push(command)
    delivered.delete(actor)
  }

  const stepOf =
    (scheduler: Scheduler, actor: string) =>
    <T>(effect: () => T, fallible?: boolean) =>
      scheduler.step(actor, effect, fallible)
  return {
    async enqueue(choose: Choose) {
      await direct.ledger.enqueue({ ...first, toBeMailed: !isOfGuest })
      await direct.outbox[Symbol.asyncDispose]()
      const comesTwice = choose(2) === 1
      if (comesTwice) queue.push({ ...queue[0]! })
    },
    order: async (scheduler: Scheduler, actor: string) => {
      await process(stepOf(scheduler, actor)).ledger.enqueue({ ...other, toBeMailed: !isOfGuest })
    },
    letGo: async (scheduler: Scheduler, actor: string) => {
      for (let round = 0; round < sweeps; round++) await stepOf(scheduler, actor)(letGo, false)
    },
    work: (scheduler: Scheduler, actor: string) => work(stepOf(scheduler, actor), actor),
    reap: (scheduler: Scheduler, actor: string) => reap(stepOf(scheduler, actor)),
    collect: (scheduler: Scheduler, actor: string) => collect(stepOf(scheduler, actor)),
    pay: (scheduler: Scheduler, actor: string) => pay(stepOf(scheduler, actor)),
    cancel: async (scheduler: Scheduler, actor: string) => {
      await process(stepOf(scheduler, actor)).ledger.apply(first._id, { type: 'cancel' })
    },
    giveBack,
    async recover() {
      const atOnce = async <T>(effect: () => T) => effect()
      for (let round = 0; round < 8; round++) {
        for (const actor of [...delivered.keys()]) giveBack(actor)
        await direct.outbox.sweep(never)
        await direct.outbox.sweep(never)
        letGo()
        await work(atOnce, `recovery-${round}`)
        if (!areOver()) await reap(atOnce)
        await direct.outbox[Symbol.asyncDispose]()
      }
      await direct.outbox.sweep(never)
      await direct.outbox.sweep(never)
      await pay(atOnce)
      await collect(atOnce)
    },
    check() {
      assert.deepEqual(claimedEarly, [], 'what is to be repeated later is not claimed before')
      for (const record of checkedRecords(memory))
        checkPromises(record, {
          announced: announced.filter(({ conversionId }) => conversionId === record._id),
          winners: winners.filter(({ conversionId }) => conversionId === record._id),
          blobs: [...blobs].filter((blobId) => intents.get(blobId)?.conversionId === record._id),
          mails: [...mails].filter((mail) => mail.startsWith(record._id)),
          isOfGuest,
        })
    },
  }
}

const keyOf = (conversionId: string, attempt: number) => `${conversionId}/${attempt}`
const mailOf = ({ _id, status }: Pick<ConversionDocument, '_id' | 'status'>) => `${_id} ${status}`

/** What came of one conversion. */
interface Outcome {
  readonly announced: readonly ConversionChanged[]
  readonly winners: readonly { readonly leaseId: string }[]
  readonly blobs: readonly string[]
  readonly mails: readonly string[]
  readonly isOfGuest: boolean
}

/** What there is. @throws unless each is what its status says: no lease where nothing runs, a failure where it failed. */
const checkedRecords = ({ records }: MemoryConversionStore): ConversionDocument[] =>
  [...records.values()].map((record) => conversionDocumentSchema.parse(record))

function checkPromises(record: ConversionDocument, outcome: Outcome): void {
  const { announced, winners, blobs, mails, isOfGuest } = outcome
  assert.ok(isFinished(record), `nothing accepted is lost: it is ${record.status}`)
  assert.deepEqual(
    record.events.map((event) => event.sequence),
    record.events.map((_, index) => index + 1),
    'the sequence has no gap',
  )
  const endings = record.events.filter((event) => event.type === event.status)
  assert.equal(endings.length, 1, 'it was finished once')
  const claims = record.events.filter((event) => event.type === 'STARTED')
  assert.equal(record.attempt, claims.length, 'each claim had an attempt of its own')
  assert.ok(winners.length <= 1, 'one worker at most was told that it succeeded')
  assert.deepEqual(
    blobs,
    record.mp3s.map((one) => one.blobId),
    'the bytes kept are those of the MP3, and no others',
  )
  assert.deepEqual(
    mails,
    record.status === 'CANCELLED' || isOfGuest ? [] : [mailOf(record)],
    'its owner is told of its end, and of nothing else; a guest of nothing',
  )
  assert.deepEqual(record.owes, [], 'every debt was paid')
  assert.equal(record.announce, 'done', 'everything was announced')
  assert.ok(
    announced.some((change) => change.status === record.status),
    'the outcome was announced',
  )
  for (const { sequence, type } of announced) {
    assert.equal(record.events[sequence - 1]?.type, type, `what was announced as ${sequence} did happen`)
  }
}
