import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AccountDocument } from '#schema/documents/user-document.ts'
import { createUnverifiedSweep } from './unverified-sweep.ts'

const now = new Date(Date.UTC(2026, 0, 20))
const sample = (_id: string, daysAgo: number) =>
  ({ _id, createdAt: new Date(now.getTime() - daysAgo * 86_400_000) }) as AccountDocument

describe('accounts that nobody proves', () => {
  it('end after 7 days', async () => {
    const removed: string[] = []
    const accounts = [sample('fresh', 6), sample('old', 8)]
    const sweep = createUnverifiedSweep({
      users: {
        async *unverifiedSince(before) {
          yield* accounts.filter(({ createdAt }) => createdAt < before)
        },
      },
      removals: { remove: async (id, cause) => removed.push(`${id} ${cause}`) > 0 },
      now: () => now,
    })
    await sweep(new AbortController().signal)
    assert.deepEqual(removed, ['old UNPROVEN'])
  })
})
