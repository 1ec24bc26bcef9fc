/** What bounds the use of one account: counted for each day, and how often it may order. */
import type { Db } from 'mongodb'
import { repeat } from '#runtime/process/repeat.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import { createThrottleStore } from '#runtime/throttle/throttle-store.ts'
import { createThrottles } from '#runtime/throttle/throttles.ts'
import type { MediaScope } from '#media/media-settings.ts'
import { createDailyUsage, type DailyUsage } from './daily-usage.ts'
import { createOrderThrottles, type OrderThrottles } from './order-throttles.ts'
import type { QuotaSettings } from './quota-settings.ts'
import { createUsageStore } from './usage-store.ts'

export interface QuotaParts {
  readonly usage: DailyUsage
  readonly throttles: OrderThrottles
  readonly settings: QuotaSettings
}

/** Clocks differ: another replica may still count on a day that is over here. */
const keptAfterEndMs = 3_600_000

export async function startQuotas(
  { settings, log, signal, resources }: MediaScope,
  database: Db,
): Promise<QuotaParts> {
  const now = () => new Date()
  const store = createUsageStore(database, log)
  const throttleStore = createThrottleStore(database)
  const prepare = () => Promise.all([store.prepare(), throttleStore.prepare()])
  await retryForever('preparing the collections of use', prepare, log, signal)
  const removeOver = async () => {
    await store.removeOver(new Date(now().getTime() - keptAfterEndMs))
    await throttleStore.removeOver(now())
  }
  resources.use(repeat(removeOver, { name: 'use that is over', everyMs: 60_000, log }))
  const throttles = createOrderThrottles(createThrottles({ store: throttleStore, log, now }), settings)
  return { usage: createDailyUsage({ store, settings, now }), throttles, settings }
}
