/** Whether an account may order a conversion: how many of its others are unfinished, and what it has ordered today. */
import { randomUUID } from 'node:crypto'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { Account } from '#media/quotas/account.ts'
import type { DailyUsage } from '#media/quotas/daily-usage.ts'
import { quotaExceeded } from '#media/quotas/quota-exceeded.ts'
import type { QuotaSettings } from '#media/quotas/quota-settings.ts'
import { workOfOrder } from '#media/quotas/work-of-order.ts'

export interface AllowConversionDependencies {
  readonly ledger: Pick<Ledger, 'count'>
  readonly usage: Pick<DailyUsage, 'take'>
  readonly settings: Pick<QuotaSettings, 'MOST_CONVERSIONS_UNFINISHED'>
  readonly now?: () => Date
}

/**
 * Takes what the order costs, and gives it back where it is not placed, or another request has placed the same under a write of
 * its own. @throws DomainError QUOTA_EXCEEDED.
 */
export type AllowConversion = (
  account: Account,
  source: Pick<ConversionSource, 'track' | 'durationMs' | 'chapters' | 'cover'>,
  output: ConversionDocument['output'],
  place: (writeId: string) => Promise<ConversionDocument>,
) => Promise<ConversionDocument>

export async function unfinishedOf(ledger: Pick<Ledger, 'count'>, ownerId: string): Promise<number> {
  const statuses = ['QUEUED', 'RUNNING'] as const
  const counts = await Promise.all(statuses.map((status) => ledger.count({ ownerId, status })))
  return counts.reduce((sum, count) => sum + count, 0)
}

const advice = 'Wait until one of your conversions has finished, or cancel one.'

export function createAllowConversion({
  ledger,
  usage,
  settings,
  now = () => new Date(),
}: AllowConversionDependencies): AllowConversion {
  const allowed = settings.MOST_CONVERSIONS_UNFINISHED
  const allow: AllowConversion = async (account, source, output, place) => {
    const actual = (await unfinishedOf(ledger, account.userId)) + 1
    if (actual > allowed)
      throw quotaExceeded({ limit: 'CONVERSIONS_UNFINISHED', allowed, actual, until: null, advice }, now())
    const takeBack = await usage.take(account, workOfOrder(source, output))
    const writeId = randomUUID()
    const placed = await place(writeId).catch(async (error: unknown) => {
      await takeBack()
      throw error
    })
    if (!placed.events.some((event) => event.writeId === writeId)) await takeBack()
    return placed
  }
  const inTurn = createOneAtATime()
  return (account, ...order) => inTurn(account.userId, () => allow(account, ...order))
}

/** Of one owner's orders each is counted before the next is judged: by a replica, as many replicas may each let one more through. */
function createOneAtATime(): <T>(ownerId: string, act: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return async (ownerId, act) => {
    const before = last.get(ownerId)
    const turn = (async () => {
      await before?.catch(() => undefined)
      return await act()
    })()
    last.set(ownerId, turn)
    try {
      return await turn
    } finally {
      if (last.get(ownerId) === turn) last.delete(ownerId)
    }
  }
}
