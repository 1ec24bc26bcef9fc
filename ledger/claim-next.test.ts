import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { createMemoryConversionStore } from '#ledger/testing/memory-conversion-store.ts'
import { claim, conversionIn, newConversion, queuedConversion } from '#ledger/testing/sample-records.ts'
import { createLedger } from './ledger.ts'

const id = newConversion._id
const command = { conversionId: id, attempt: 0 }

describe('a worker that is sent a command', () => {
  const rig = async (...records: ConversionDocument[]) => {
    const store = createMemoryConversionStore()
    for (const record of records) await store.insert(record)
    return { store, ledger: createLedger({ store, announce: () => undefined }) }
  }

  it('begins nothing that is over, held back or not yet announced', async () => {
    const { ledger } = await rig(
      conversionIn('CANCELLED'),
      { ...queuedConversion, _id: 'held-back', announce: 'done', retryDelayMs: 5_000 },
      { ...queuedConversion, _id: 'not-announced' },
    )
    assert.equal(await ledger.claimNext(command, 'worker-1'), null)
  })

  it('begins what was held back once its command comes, and not by the command of an earlier attempt', async () => {
    const { ledger } = await rig({ ...queuedConversion, attempt: 3, announce: 'done', retryDelayMs: 5_000 })
    assert.equal(await ledger.claimNext({ ...command, attempt: 2 }, 'worker-1'), null)
    const begun = await ledger.claimNext({ ...command, attempt: 3 }, 'worker-1')
    assert.deepEqual([begun?._id, begun?.attempt, begun?.lease.workerId], [id, 4, 'worker-1'])
  })

  it('begins the next one where another worker is quicker, each one once', async () => {
    const queued = ['a', 'b', 'c'].map((_id) => ({ ...queuedConversion, _id, announce: 'done' as const }))
    const { ledger } = await rig(...queued)
    const begun = await Promise.all(
      ['1', '2', '3', '4'].map((worker) => ledger.claimNext({ conversionId: 'a', attempt: 0 }, worker)),
    )
    assert.deepEqual(begun.map((each) => each?._id ?? '').toSorted(), ['', 'a', 'b', 'c'])
  })

  it('takes another one where its own was cancelled before the reply to the claim was read', async () => {
    const { store } = await rig(queuedConversion, {
      ...queuedConversion,
      _id: 'other',
      announce: 'done',
      turn: 1,
    })
    const owner = createLedger({ store, announce: () => undefined })
    const replace: typeof store.replace = async (...write) => {
      const replaced = await store.replace(...write)
      if (write[1]._id !== id) return replaced
      await owner.apply(id, { type: 'cancel' })
      throw new Error('the reply was lost')
    }
    const worker = createLedger({
      store: { ...store, replace },
      announce: () => undefined,
      pause: async () => {},
    })
    assert.equal((await worker.claimNext(command, 'worker-1'))?._id, 'other')
  })

  it('begins what is lost by a worker before what was ordered later', async () => {
    const lost = { ...conversionIn('RUNNING'), announce: 'done' as const }
    const { ledger } = await rig(lost, { ...queuedConversion, _id: 'later', announce: 'done', turn: 1 })
    await ledger.apply(id, { type: 'evict', revision: 2, leaseId: 'lease-1', beat: 0 })
    assert.equal((await ledger.claimNext({ conversionId: id, attempt: 1 }, 'worker-2'))?._id, id)
    assert.equal((await ledger.apply(id, claim(1))).ok, false)
  })
})
