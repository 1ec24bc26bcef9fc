import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { createLedger } from './ledger.ts'
import { ConnectionLost, createMemoryConversionStore } from '#ledger/testing/memory-conversion-store.ts'
import { claim, conversionIn, corrupt, newConversion } from '#ledger/testing/sample-records.ts'

const id = newConversion._id

function rig() {
  const store = createMemoryConversionStore()
  const announced: ConversionRecord[] = []
  const ledger = createLedger({ store, announce: (record) => void announced.push(record) })
  return { store, ledger, announced }
}

describe('enqueue', () => {
  it('gives the same conversion for the same id and input, announced once', async () => {
    const { ledger, announced } = rig()
    const first = await ledger.enqueue(newConversion)
    assert.deepEqual(await ledger.enqueue(newConversion), first)
    assert.equal(announced.length, 1)
  })

  it('refuses another input under the same id', async () => {
    const { ledger } = rig()
    await ledger.enqueue(newConversion)
    await assert.rejects(ledger.enqueue({ ...newConversion, inputDigest: 'other' }), {
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  it('inserts it after all when the tombstone in its way is removed meanwhile, however it is called', async () => {
    const { store } = rig()
    let tombstones = 1
    const insert: typeof store.insert = async (document) =>
      tombstones-- <= 0 && (await store.insert(document))
    const { enqueue } = createLedger({ store: { ...store, insert }, announce: () => undefined })
    assert.equal((await enqueue(newConversion)).status, 'QUEUED')
    assert.equal(store.records.size, 1)
  })

  it('does not bring a deleted conversion back', async () => {
    const { ledger } = rig()
    await ledger.enqueue(newConversion)
    await ledger.apply(id, { type: 'cancel' })
    await ledger.apply(id, { type: 'delete' })
    await assert.rejects(ledger.enqueue(newConversion), { code: 'DELETED' })
  })
})

describe('apply', () => {
  it('knows that a write whose reply was lost took effect', async () => {
    const { store, ledger, announced } = rig()
    await ledger.enqueue(newConversion)
    store.faults.push('reply lost')
    const applied = await ledger.apply(id, claim(0))
    assert.equal(applied.ok, true)
    assert.equal(store.records.get(id)?.revision, 2)
    assert.equal(announced.at(-1)?.revision, 2)
  })

  it('writes again when the request was lost', async () => {
    const { store, ledger } = rig()
    await ledger.enqueue(newConversion)
    store.faults.push('request lost')
    assert.equal((await ledger.apply(id, claim(0))).ok, true)
    assert.equal(store.records.get(id)?.revision, 2)
  })

  it('applies once when a write that seemed lost arrives late', async () => {
    const { store, ledger } = rig()
    await ledger.enqueue(newConversion)
    store.faults.push('late')
    assert.equal((await ledger.apply(id, claim(0))).ok, true)
    store.deliverLate()
    assert.equal(store.records.get(id)?.revision, 2)
    assert.equal((await ledger.apply(id, { type: 'fail', leaseId: 'lease-1', failure: corrupt })).ok, true)
  })

  it('knows its own write even after others have written on top of it', async () => {
    const { store, ledger } = rig()
    await ledger.enqueue(newConversion)
    store.faults.push('reply lost')
    const claiming = ledger.apply(id, claim(0))
    await ledger.apply(id, { type: 'cancel' })
    const applied = await claiming
    assert.equal(applied.ok, true)
    assert.equal(store.records.get(id)?.revision, 3)
  })

  it('leaves no link of a generation that is over: one that is given out while the links are revoked is revoked, or marked', async () => {
    for (const when of ['before the revocation is written', 'after it is written'] as const) {
      const { store } = rig()
      const ledger = createLedger({ store, announce: () => undefined })
      const succeeded = { ...conversionIn('SUCCEEDED'), linksGiven: true }
      await store.insert(succeeded)
      const replace: typeof store.replace = async (...write) => {
        if (when.startsWith('before')) await ledger.markLinksGiven(id, 0)
        const replaced = await store.replace(...write)
        if (when.startsWith('after')) await ledger.markLinksGiven(id, 0)
        return replaced
      }
      const owner = createLedger({ store: { ...store, replace }, announce: () => undefined })
      const revoked = await owner.apply(id, { type: 'revokeLinks' })
      assert.ok(revoked.ok && revoked.record.status === 'SUCCEEDED')
      const stored = store.records.get(id)!
      assert.ok(stored.status === 'SUCCEEDED')
      // The link of generation 0 is dead either way; none of generation 1 was given.
      assert.deepEqual([stored.linkGeneration, stored.linksGiven], [1, false])
      await ledger.markLinksGiven(id, 1)
      assert.ok((await ledger.apply(id, { type: 'revokeLinks' })).ok)
    }
  })

  it('gives up with the cause when no write gets through, although reads do', async () => {
    const { store, announced } = rig()
    const waits: number[] = []
    const pause = async (ms: number) => void waits.push(ms)
    const ledger = createLedger({ store, announce: (record) => void announced.push(record), pause })
    await ledger.enqueue(newConversion)
    store.faults.push(...Array.from({ length: 50 }, () => 'request lost' as const))
    await assert.rejects(ledger.apply(id, claim(0)), ConnectionLost)
    assert.deepEqual(waits, [50, 200, 1_000, 3_000, 5_000])
    assert.deepEqual([store.records.get(id)?.revision, announced.length], [1, 1])
  })

  it('does not evict a lease that was proven between the reading and the writing', async () => {
    const { store } = rig()
    const worker = createLedger({ store, announce: () => undefined })
    await worker.enqueue(newConversion)
    await worker.apply(id, claim(0))
    const replace: typeof store.replace = async (...write) => {
      await worker.beat(id, 'lease-1', 7, null)
      return await store.replace(...write)
    }
    const reaper = createLedger({ store: { ...store, replace }, announce: () => undefined })
    const evicted = await reaper.apply(id, { type: 'evict', revision: 2, leaseId: 'lease-1', beat: 0 })
    assert.deepEqual([evicted.ok, evicted.ok || evicted.refusal], [false, 'LEASE_ALIVE'])
  })

  it('lets one of many concurrent claims win', async () => {
    const { ledger } = rig()
    await ledger.enqueue(newConversion)
    const claims = Array.from({ length: 20 }, (_, index) => ledger.apply(id, claim(0, `lease-${index}`)))
    const winners = (await Promise.all(claims)).filter((applied) => applied.ok)
    assert.equal(winners.length, 1)
  })

  it('says so when there is no such conversion', async () => {
    assert.deepEqual(await rig().ledger.apply('nothing', { type: 'cancel' }), {
      ok: false,
      refusal: 'UNKNOWN',
      record: null,
    })
  })
})
