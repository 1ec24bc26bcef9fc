/** Every interleaving within a bound, random walks beyond it, and mutants that must not survive them. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConversionRecord, QueuedConversion } from '#schema/documents/conversion-document.ts'
import { fateOfOutput } from './output-fate.ts'
import { runDelivery, type ModelOptions, type Mutation } from '#ledger/testing/delivery-model.ts'
import type { MemoryConversionStore } from '#ledger/testing/memory-conversion-store.ts'
import { exploreAll, exploreRandomly, replay, type Choose } from '#runtime/testing/interleavings.ts'
import { transition } from './transition.ts'

/** Longer searches: DELIVERY_MODEL_RUNS random walks, from DELIVERY_MODEL_SEED. */
const runs = Number(process.env['DELIVERY_MODEL_RUNS'] ?? 1_500)
const seed = Number(process.env['DELIVERY_MODEL_SEED'] ?? Date.now() % 2 ** 31)

const model = (options: ModelOptions) => (choose: Choose) => runDelivery(choose, options)

const asQueued = {
  linksGiven: false,
  status: 'QUEUED',
  lease: null,
  progress: null,
  mp3s: [],
  failure: null,
  owes: [],
  finishedAt: null,
} satisfies Partial<QueuedConversion>

const mutants: Record<string, Mutation> = {
  'succeeds without holding the lease': {
    decide: (current, command, occasion) =>
      transition(
        current,
        command.type === 'succeed' && current.status === 'RUNNING'
          ? { ...command, leaseId: current.lease.id }
          : command,
        occasion,
      ),
  },
  'claims what is running already': {
    decide: (current, command, occasion) =>
      transition(
        command.type === 'claim' && current.status === 'RUNNING'
          ? { ...current, ...asQueued, attempt: command.attempt }
          : current,
        command,
        occasion,
      ),
  },
  'finishes what is finished': {
    decide: (current, command, occasion) =>
      transition(
        command.type === 'cancel' && current.status === 'SUCCEEDED' ? { ...current, ...asQueued } : current,
        command,
        occasion,
      ),
  },
  'skips the revision': {
    store: (store) => ({
      ...store,
      replace: async (_revision, record) =>
        await store.replace(store.records.get(record._id)!.revision, record),
    }),
  },
  'beats after it has succeeded, whatever the state': {
    beatAfterSucceed: true,
    store: (store) => ({
      ...store,
      beat: async (id, leaseId, beat) => {
        const record = store.records.get(id)!
        if (record.status === 'DELETED') return false
        return await store.replace(record.revision, {
          ...record,
          lease: { id: leaseId, workerId: 'w', beat },
        } as ConversionRecord)
      },
    }),
  },
  'collects blobs before their fate is decided': {
    fate: (conversion, blobId, attempt) =>
      fateOfOutput(conversion, blobId, attempt) === 'kept' ? 'kept' : 'garbage',
  },
  'acknowledges a command before the job is over': { acknowledgeEarly: true },
  'announces before the write': { announceBeforeWrite: true },
  'strikes off a debt before it is paid': { strikeOffEarly: true },
}

describe('the delivery of a conversion', () => {
  it('keeps every promise in every run with a preemption and a fault', async (t) => {
    const found = await exploreAll(model({ bounds: { preemptions: 1, faults: 1 } }))
    t.diagnostic(`${found.runs} runs`)
    assert.equal(found.violation, null)
  })

  it('keeps every promise in every run with two preemptions and a cancel', async (t) => {
    const found = await exploreAll(model({ bounds: { preemptions: 2, faults: 0 }, cancels: true }))
    t.diagnostic(`${found.runs} runs`)
    assert.equal(found.violation, null)
  })

  it('owes no mail, whatever happens, where a guest ordered it', async () => {
    const options = { bounds: { preemptions: 1, faults: 1 }, mails: true, isOfGuest: true }
    assert.equal(await exploreRandomly(model(options), { seed, runs }), null)
  })

  it('keeps every promise in every run with a preemption, another order and a retry', async (t) => {
    const options = { bounds: { preemptions: 1, faults: 0 }, orders: true, fails: true }
    const found = await exploreAll(model(options))
    t.diagnostic(`${found.runs} runs`)
    assert.equal(found.violation, null)
  })

  it('keeps every promise in random runs with many preemptions and faults', async (t) => {
    t.diagnostic(`seed ${seed}, ${runs} runs`)
    assert.equal(
      await exploreRandomly(
        model({
          bounds: { preemptions: 6, faults: 3 },
          cancels: true,
          mails: true,
          orders: true,
          fails: true,
        }),
        { seed, runs },
      ),
      null,
    )
  })
})

const queuedIn = ({ records }: MemoryConversionStore) =>
  [...records.values()].filter((record) => record.status === 'QUEUED')

/** What is wrong where a command may begin another conversion than the one that it was sent for. */
const mutantsOfTurns: Record<string, Mutation> = {
  'begins what the broker was not told of': {
    store: (store) => ({
      ...store,
      nextReady: async () => queuedIn(store).find(({ retryDelayMs }) => retryDelayMs === 0) ?? null,
    }),
  },
  'begins what is to be repeated later': {
    store: (store) => ({
      ...store,
      nextReady: async () => queuedIn(store).find(({ announce }) => announce === 'done') ?? null,
    }),
  },
  'passes over a conversion without a mark that its command has come': {
    store: (store) => ({ ...store, markReady: async () => undefined }),
  },
}

/** What is wrong for guests alone. */
const mutantsOfGuests: Record<string, Mutation> = {
  'mails a guest': {
    decide: (current, command, occasion) =>
      transition(
        current.status === 'RUNNING' ? { ...current, toBeMailed: true } : current,
        command,
        occasion,
      ),
  },
}

describe('a delivery that', () => {
  const all = [
    ...Object.entries(mutants).map((mutant) => [...mutant, {}] as const),
    ...Object.entries(mutantsOfTurns).map((mutant) => [...mutant, { orders: true, fails: true }] as const),
    ...Object.entries(mutantsOfGuests).map((mutant) => [...mutant, { isOfGuest: true }] as const),
  ]
  for (const [name, mutation, scene] of all) {
    it(`${name} is found out, and its run can be repeated`, async () => {
      const bounds = { preemptions: 4, faults: 2 }
      const mutant = model({ bounds, cancels: true, mails: true, mutation, ...scene })
      const violation = await exploreRandomly(mutant, { seed: 4, runs: 10_000 })
      assert.ok(violation, 'the mutant survived')
      assert.ok(await replay(mutant, violation.choices), 'the run was repeated')
    })
  }
})
