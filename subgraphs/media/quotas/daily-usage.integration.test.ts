import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import * as z from 'zod'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createDailyUsage, type DailyUsage } from './daily-usage.ts'
import { quotaSettings } from './quota-settings.ts'
import { createUsageStore, type UsageStore } from './usage-store.ts'

const settings = z.object(quotaSettings).parse({ AUDIO_MINUTES_A_DAY: 10, TRIAL_AUDIO_MINUTES_A_DAY: 3 })
const minute = 60_000
const outcomes = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.filter(({ status }) => status === 'fulfilled').length

describe('what an account may use on a day', () => {
  const owned = new AsyncDisposableStack()
  let store: UsageStore
  let usage: DailyUsage
  let userId: string
  const clock = { now: new Date('2026-05-01T23:00:00Z') }
  before(async () => {
    const { database } = owned.use(createTestDatabase())
    store = createUsageStore(database, pino({ level: 'silent' }))
    await store.prepare()
    usage = createDailyUsage({ store, settings, now: () => clock.now })
  })
  after(() => owned.disposeAsync())
  beforeEach(() => {
    userId = randomUUID()
    clock.now = new Date('2026-05-01T23:00:00Z')
  })
  const usedAudioMs = async (emailVerified = true) =>
    (await usage.read({ userId, emailVerified })).find(({ name }) => name === 'AUDIO_MS_A_DAY')

  it('is no more by many orders at once than by one after another', async () => {
    const account = { userId, emailVerified: true }
    const take = () => usage.take(account, { audioMs: minute, storedBytes: 1 })
    assert.equal(outcomes(await Promise.allSettled(Array.from({ length: 40 }, take))), 10)
    const used = await usedAudioMs()
    assert.deepEqual([used?.used, used?.allowed], [10 * minute, 10 * minute])
  })

  it('is less before the address is verified, and the refusal says which limit it was, and until when', async () => {
    const account = { userId, emailVerified: false }
    await usage.take(account, { audioMs: 2 * minute })
    await assert.rejects(usage.take(account, { audioMs: 2 * minute }), {
      code: 'QUOTA_EXCEEDED',
      details: {
        limit: 'AUDIO_MS_A_DAY',
        allowed: 3 * minute,
        actual: 4 * minute,
        retryAfterMs: 60 * minute,
        until: '2026-05-02T00:00:00.000Z',
      },
    })
    await usage.take({ userId, emailVerified: true }, { audioMs: 2 * minute })
  })

  it('is nothing of an order that alone is more, and nothing is counted for what is refused or taken back', async () => {
    const account = { userId, emailVerified: true }
    await assert.rejects(usage.take(account, { audioMs: 11 * minute }), { code: 'QUOTA_EXCEEDED' })
    const takeBack = await usage.take(account, { audioMs: 10 * minute })
    await assert.rejects(usage.take(account, { audioMs: 1 }), { code: 'QUOTA_EXCEEDED' })
    await takeBack()
    assert.equal((await usedAudioMs())?.used, 0)
  })

  it('is judged for what an order takes alone: more audio than a trial has keeps nobody from uploading', async () => {
    await usage.take({ userId, emailVerified: true }, { audioMs: 10 * minute })
    await usage.take({ userId, emailVerified: false }, { uploadedBytes: 1 })
    await assert.rejects(usage.take({ userId, emailVerified: false }, { audioMs: 1 }), {
      code: 'QUOTA_EXCEEDED',
    })
  })

  it('begins anew at midnight UTC, and days that are over are forgotten', async () => {
    const account = { userId, emailVerified: true }
    await usage.take(account, { audioMs: 10 * minute })
    clock.now = new Date('2026-05-02T00:00:01Z')
    assert.equal((await usedAudioMs())?.used, 0)
    await usage.take(account, { audioMs: 10 * minute })
    await store.removeOver(clock.now)
    assert.equal((await usedAudioMs())?.used, 10 * minute)
    clock.now = new Date('2026-05-01T23:00:00Z')
    assert.equal((await usedAudioMs())?.used, 0)
  })
})
