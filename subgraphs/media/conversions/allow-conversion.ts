/** Whether an account may order a conversion: how many of its others are unfinished, and what it has ordered today. */
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

/** Takes what the order costs, and gives it back where it is not placed. @throws DomainError QUOTA_EXCEEDED. */
export type AllowConversion = (
  account: Account,
  source: Pick<ConversionSource, 'track' | 'durationMs' | 'chapters' | 'cover'>,
  output: ConversionDocument['output'],
  place: () => Promise<ConversionDocument>,
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
  return async (account, source, output, place) => {
    const actual = (await unfinishedOf(ledger, account.userId)) + 1
    if (actual > allowed)
      throw quotaExceeded({ limit: 'CONVERSIONS_UNFINISHED', allowed, actual, until: null, advice }, now())
    const takeBack = await usage.take(account, workOfOrder(source, output))
    try {
      return await place()
    } catch (error) {
      await takeBack()
      throw error
    }
  }
}
