import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { createUnverifiedSweep } from './unverified-sweep.ts'

const now = new Date(Date.UTC(2026, 0, 20))
const sample = (_id: string, daysAgo: number) =>
  ({ _id, createdAt: new Date(now.getTime() - daysAgo * 86_400_000) }) as UserDocument

describe('accounts that nobody proves', () => {
  it('end after 7 days with their sessions, unless they are proven at the last moment', async () => {
    const ended: string[] = []
    const accounts = [sample('fresh', 6), sample('old', 8), sample('just proven', 9)]
    const sweep = createUnverifiedSweep({
      users: {
        async *unverifiedSince(before) {
          yield* accounts.filter(({ createdAt }) => createdAt < before)
        },
        removeUnverified: async (id) => id !== 'just proven',
      },
      sessions: { endAll: async (id) => void ended.push(id) },
      log: pino({ level: 'silent' }),
      now: () => now,
    })
    await sweep(new AbortController().signal)
    assert.deepEqual(ended, ['old'])
  })
})
