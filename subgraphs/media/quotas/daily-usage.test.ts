import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as z from 'zod'
import { sampleAccount } from '#media/testing/sample-account.ts'
import { createDailyUsage } from './daily-usage.ts'
import { quotaSettings } from './quota-settings.ts'
import type { UsageStore } from './usage-store.ts'

describe('what an order takes from several budgets', () => {
  it('is given back, once, where the database fails between them', async () => {
    const counted = new Map<string, number>()
    const change = (id: string, by: number) => void counted.set(id, (counted.get(id) ?? 0) + by)
    const store: UsageStore = {
      prepare: async () => undefined,
      async add({ _id, ownerId }, { audioMs }) {
        if (ownerId !== 'user') throw new Error('the database is away')
        change(_id, audioMs)
        return true
      },
      takeBack: async ({ _id }, { audioMs }) => change(_id, -audioMs),
      read: async () => null,
      removeOver: async () => undefined,
    }
    const usage = createDailyUsage({ store, settings: z.object(quotaSettings).parse({}) })
    const unverified = sampleAccount('user', { emailVerified: false })
    await assert.rejects(usage.take(unverified, { audioMs: 60_000 }), /the database is away/)
    assert.deepEqual([...counted.values()], [0])
  })
})
