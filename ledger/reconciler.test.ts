import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { createReconcilerSweep } from './reconciler.ts'
import { createMemoryConversionStore } from '#ledger/testing/memory-conversion-store.ts'
import { queuedConversion } from '#ledger/testing/sample-records.ts'

describe('the reconciler', () => {
  async function rig() {
    const store = createMemoryConversionStore()
    await store.insert(queuedConversion)
    const sent: string[] = []
    const broker = { waiting: 0 }
    const outbox = { announceNow: async ({ _id }: { _id: string }) => void sent.push(_id) }
    const waitingCommands = async () => broker.waiting
    const sweep = createReconcilerSweep({
      ledger: store,
      outbox,
      waitingCommands,
      log: pino({ level: 'silent' }),
    })
    return { broker, sent, store, sweep: () => sweep(new AbortController().signal) }
  }

  it('sends a command again when it is missing twice running', async () => {
    const { sent, sweep } = await rig()
    await sweep()
    assert.deepEqual(sent, [])
    await sweep()
    assert.deepEqual(sent, [queuedConversion._id])
  })

  it('sends nothing for a conversion that cannot be read', async () => {
    const { sent, sweep, store } = await rig()
    store.each = async function* () {}
    await sweep()
    await sweep()
    assert.deepEqual(sent, [])
  })

  it('sends nothing while every command is there, or was missing once', async () => {
    const { broker, sent, sweep } = await rig()
    await sweep()
    broker.waiting = 1
    await sweep()
    broker.waiting = 0
    await sweep()
    assert.deepEqual(sent, [])
  })
})
