import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { createConversionOutbox } from './conversion-outbox.ts'
import { createLedger } from './ledger.ts'
import { fateOfOutput, outputBlobId } from './output-fate.ts'
import { createReaperSweep } from './reaper.ts'
import { createTombstoneSweep } from './tombstone-sweep.ts'
import { createMemoryConversionStore } from '#ledger/testing/memory-conversion-store.ts'
import {
  after,
  claim,
  conversionIn,
  mp3,
  newConversion,
  passing,
  queuedConversion,
} from '#ledger/testing/sample-records.ts'

const log = pino({ level: 'silent' })
const { signal } = new AbortController()
const id = newConversion._id

function rig() {
  const store = createMemoryConversionStore()
  const published: { routingKey: string; body: unknown; headers: unknown }[] = []
  let brokerIsAway = false
  let refused: string | undefined
  const publisher: Pick<Publisher, 'publish'> = {
    publish: async ({ routingKey, body, headers }) => {
      if (brokerIsAway) throw new Error('the broker is away')
      if ((body as { conversionId: string }).conversionId === refused)
        throw new Error(`${refused} cannot be published`)
      published.push({ routingKey, body, headers })
    },
  }
  const outbox = createConversionOutbox({ store, publisher, log })
  const ledger = createLedger({ store, announce: outbox.announce })
  const setBrokerAway = (away: boolean) => void (brokerIsAway = away)
  const refuse = (conversionId: string) => void (refused = conversionId)
  return { store, published, outbox, ledger, setBrokerAway, refuse }
}

describe('the outbox of a conversion', () => {
  it('publishes the event, and for a queued conversion the command, and marks both as done', async () => {
    const { store, published, outbox, ledger } = rig()
    await ledger.enqueue(newConversion, { requestId: 'request-1' })
    await outbox[Symbol.asyncDispose]()
    assert.deepEqual(
      published.map((message) => message.headers),
      [{ requestId: 'request-1' }, { requestId: 'request-1' }],
    )
    assert.deepEqual(
      published.map((message) => message.routingKey),
      ['conversion.queued', 'convert'],
    )
    assert.deepEqual(published[1]?.body, { conversionId: id, attempt: 0 })
    assert.equal(store.records.get(id)?.announce, 'done')
  })

  it('sends a conversion that failed for now to the queue that holds it back', async () => {
    const { published, outbox, store } = rig()
    const released = after(queuedConversion, claim(0), {
      type: 'release',
      leaseId: 'lease-1',
      failure: passing,
    })
    assert.ok(released.status !== 'DELETED')
    await store.insert(released)
    await outbox.announceNow(released)
    assert.equal(published[1]?.routingKey, 'convert.retry.5s')
  })

  it('leaves a newer revision pending', async () => {
    const { store, outbox } = rig()
    await store.insert(conversionIn('RUNNING'))
    await outbox.announceNow(queuedConversion)
    assert.equal(store.records.get(id)?.announce, 'pending')
  })
})

describe('the sweep of the outbox', () => {
  it('repeats what stayed pending from one sweep to the next, and nothing fresher', async () => {
    const { store, published, outbox, ledger, setBrokerAway } = rig()
    setBrokerAway(true)
    await ledger.enqueue(newConversion)
    await outbox[Symbol.asyncDispose]()
    setBrokerAway(false)
    await outbox.sweep(signal)
    assert.equal(published.length, 0)
    await outbox.sweep(signal)
    assert.equal(published.length, 2)
    assert.equal(store.records.get(id)?.announce, 'done')
  })
})

describe('the sweep of the outbox, when one message cannot be published', () => {
  it('still publishes the others, and says so', async () => {
    const { store, published, outbox, refuse } = rig()
    for (const _id of ['a', 'b', 'c']) await store.insert({ ...queuedConversion, _id })
    refuse('b')
    await outbox.sweep(signal)
    await assert.rejects(outbox.sweep(signal), /b cannot be published/)
    assert.deepEqual(
      published.filter((message) => message.routingKey === 'convert').map((message) => message.body),
      [
        { conversionId: 'a', attempt: 0 },
        { conversionId: 'c', attempt: 0 },
      ],
    )
    await assert.rejects(outbox.sweep(signal), /b cannot be published/)
  })
})

describe('the reaper', () => {
  async function rigWithRunning() {
    const parts = rig()
    await parts.ledger.enqueue(newConversion)
    await parts.ledger.apply(id, claim(0))
    let nowMs = 0
    const evicted: string[] = []
    const onEvicted = (status: string) => void evicted.push(status)
    const sweep = createReaperSweep({
      ledger: parts.ledger,
      log,
      leaseMs: 30_000,
      onEvicted,
      monotonicMs: () => nowMs,
    })
    const sweepAt = async (ms: number) => {
      nowMs = ms
      await sweep(signal)
    }
    return { ...parts, sweepAt, evicted }
  }
  const statusOf = (parts: ReturnType<typeof rig>) => parts.store.records.get(id)?.status

  it('takes a job from a worker whose lease it saw unchanged for 30 s', async () => {
    const parts = await rigWithRunning()
    for (let ms = 0; ms < 30_000; ms += 5_000) await parts.sweepAt(ms)
    assert.equal(statusOf(parts), 'RUNNING')
    assert.deepEqual(parts.evicted, [])
    await parts.sweepAt(30_000)
    assert.equal(statusOf(parts), 'QUEUED')
    assert.deepEqual(parts.evicted, ['QUEUED'])
  })

  it('leaves a job alone whose worker beats', async () => {
    const parts = await rigWithRunning()
    for (let ms = 0; ms <= 60_000; ms += 5_000) {
      if (ms === 25_000 || ms === 50_000) await parts.ledger.beat(id, 'lease-1', ms, null)
      await parts.sweepAt(ms)
    }
    assert.equal(statusOf(parts), 'RUNNING')
  })

  it('starts its observation over when it has not looked for 10 s itself', async () => {
    const parts = await rigWithRunning()
    await parts.sweepAt(0)
    await parts.sweepAt(10_001)
    await parts.sweepAt(20_000)
    await parts.sweepAt(30_000)
    await parts.sweepAt(40_000)
    assert.equal(statusOf(parts), 'RUNNING')
    await parts.sweepAt(40_001)
    assert.equal(statusOf(parts), 'QUEUED')
  })
})

describe('the fate of an MP3’s bytes', () => {
  const running = conversionIn('RUNNING')
  const succeeded = conversionIn('SUCCEEDED')

  it('is open while their attempt runs', () =>
    assert.equal(fateOfOutput(running, 'conversion-1.1', 1), 'undecided'))
  it('is kept when the conversion succeeded with them', () =>
    assert.equal(fateOfOutput(succeeded, 'conversion-1.1', 1), 'kept'))
  it('is garbage when it succeeded with others, of the same attempt or another', () => {
    assert.equal(fateOfOutput(succeeded, 'conversion-1.0', 0), 'garbage')
    assert.equal(fateOfOutput(succeeded, outputBlobId('conversion-1', 1, 1, 2), 1), 'garbage')
  })
  it('is told by an id that no other bytes have, however often an MP3 is begun', () => {
    const few = [1, 2, 3]
    const ids = few.flatMap((attempt) =>
      few.flatMap((number) => few.map((beginning) => outputBlobId('c', attempt, number, beginning))),
    )
    assert.equal(new Set(ids).size, 27)
  })
  it('is garbage once a later attempt runs', () => {
    const again = after(running, { type: 'release', leaseId: 'lease-1', failure: null, delayMs: 0 }, claim(1))
    assert.equal(fateOfOutput(again, 'conversion-1.1', 1), 'garbage')
  })
  it('is open while the conversion waits for its next attempt', () => {
    const waiting = after(running, { type: 'release', leaseId: 'lease-1', failure: null, delayMs: 0 })
    assert.equal(fateOfOutput(waiting, 'conversion-1.1', 1), 'undecided')
  })
  it('is garbage when the conversion is deleted or gone', () => {
    assert.equal(fateOfOutput(conversionIn('DELETED'), 'conversion-1.1', 1), 'garbage')
    assert.equal(fateOfOutput(null, 'conversion-1.1', 1), 'garbage')
  })
})

describe('the sweep over tombstones', () => {
  it('forgets a deleted conversion after 30 days, and tells the collector once more', async () => {
    const { store, ledger } = rig()
    await ledger.enqueue(newConversion)
    await ledger.apply(id, claim(0))
    await ledger.apply(id, { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] })
    await ledger.apply(id, { type: 'delete' })
    const reopened: string[] = []
    const intents = { reopen: async (ids: readonly string[]) => void reopened.push(...ids) }
    let now = new Date()
    const sweep = createTombstoneSweep(store, intents, () => now)
    await sweep(signal)
    assert.equal(store.records.has(id), true)
    now = new Date(now.getTime() + 31 * 24 * 3_600_000)
    await sweep(signal)
    assert.equal(store.records.has(id), false)
    assert.deepEqual(reopened, [mp3.blobId])
  })
})
