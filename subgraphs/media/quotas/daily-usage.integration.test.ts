import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import * as z from 'zod'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { sampleAccount } from '#media/testing/sample-account.ts'
import { createDailyUsage, type DailyUsage } from './daily-usage.ts'
import { quotaSettings } from './quota-settings.ts'
import { createUsageStore, type UsageStore } from './usage-store.ts'

const settings = z.object(quotaSettings).parse({
  AUDIO_MINUTES_A_DAY: 10,
  TRIAL_AUDIO_MINUTES_A_DAY: 3,
  TRIALS_PER_NETWORK: 2,
})
const minute = 60_000
/** What is told who wants 4 minutes of 3, an hour before midnight. */
const trialUsedUp = {
  code: 'QUOTA_EXCEEDED',
  details: {
    limit: 'TRIAL_AUDIO_MS_A_DAY',
    allowed: 3 * minute,
    actual: 4 * minute,
    retryAfterMs: 60 * minute,
    until: '2026-05-02T00:00:00.000Z',
  },
}
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
  const usedAudioMs = async () =>
    (await usage.read(sampleAccount(userId))).find(({ name }) => name === 'AUDIO_MS_A_DAY')
  /** Somebody new each time. */
  const guestFrom = (clientAddress: string) =>
    sampleAccount(randomUUID(), { emailVerified: false, isGuest: true, clientAddress })

  it('is no more by many orders at once than by one after another', async () => {
    const account = sampleAccount(userId)
    const take = () => usage.take(account, { audioMs: minute, storedBytes: 1 })
    assert.equal(outcomes(await Promise.allSettled(Array.from({ length: 40 }, take))), 10)
    const used = await usedAudioMs()
    assert.deepEqual([used?.used, used?.allowed], [10 * minute, 10 * minute])
  })

  it('is less before the address is verified, and the refusal says which limit it was, and until when', async () => {
    const account = sampleAccount(userId, { emailVerified: false })
    await usage.take(account, { audioMs: 2 * minute })
    await assert.rejects(usage.take(account, { audioMs: 2 * minute }), trialUsedUp)
    await usage.take(sampleAccount(userId), { audioMs: 2 * minute })
  })

  it('is one trial for all at an address who have verified none, as accounts cost nothing', async () => {
    for (const addresses of [
      ['192.0.2.1', '192.0.2.1', '192.0.3.1'],
      ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:9:2::1'],
    ] as const) {
      const [first, same, other] = addresses.map(guestFrom)
      await usage.take(first!, { audioMs: 2 * minute })
      await assert.rejects(usage.take(same!, { audioMs: 2 * minute }), trialUsedUp)
      const left = (await usage.read(same!)).filter(({ name }) => name === 'TRIAL_AUDIO_MS_A_DAY')
      assert.deepEqual(
        left.map(({ used, allowed }) => [used, allowed]),
        [[2 * minute, 3 * minute]],
      )
      await usage.take(other!, { audioMs: 3 * minute })
      await usage.take({ ...same!, emailVerified: true }, { audioMs: 10 * minute })
    }
  })

  it('is a few trials for a network, which is rented at once; what it refuses takes nothing from the address', async () => {
    for (const network of ['198.51.100.', '2001:db8:77:']) {
      const guest = (host: number) => guestFrom(`${network}${network.includes(':') ? `${host}::1` : host}`)
      await usage.take(guest(1), { audioMs: 3 * minute })
      await usage.take(guest(2), { audioMs: 2 * minute })
      await assert.rejects(usage.take(guest(3), { audioMs: 2 * minute }), {
        code: 'QUOTA_EXCEEDED',
        message: /The limit TRIAL_AUDIO_MS_A_DAY of 360000 would be passed \(420000\)/,
      })
      const left = (await usage.read(guest(3))).filter(({ name }) => name === 'TRIAL_AUDIO_MS_A_DAY')
      assert.deepEqual(
        left.map(({ used, allowed }) => allowed - used),
        [minute],
        'what is left to the network',
      )
      await usage.take(guest(3), { audioMs: minute })
    }
  })

  it('is nothing of an order that alone is more, and nothing is counted for what is refused or taken back', async () => {
    const account = sampleAccount(userId)
    await assert.rejects(usage.take(account, { audioMs: 11 * minute }), { code: 'QUOTA_EXCEEDED' })
    const takeBack = await usage.take(account, { audioMs: 10 * minute })
    await assert.rejects(usage.take(account, { audioMs: 1 }), { code: 'QUOTA_EXCEEDED' })
    await takeBack()
    assert.equal((await usedAudioMs())?.used, 0)
  })

  it('is judged for what an order takes alone: more audio than a trial has keeps nobody from uploading', async () => {
    await usage.take(sampleAccount(userId), { audioMs: 10 * minute })
    await usage.take(sampleAccount(userId, { emailVerified: false }), { uploadedBytes: 1 })
    await assert.rejects(usage.take(sampleAccount(userId, { emailVerified: false }), { audioMs: 1 }), {
      code: 'QUOTA_EXCEEDED',
    })
  })

  it('begins anew at midnight UTC, and days that are over are forgotten', async () => {
    const account = sampleAccount(userId)
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
