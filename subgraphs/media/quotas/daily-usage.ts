/** What may be used on a day, and is: taken before it is used, so that many orders at once are no more than one after another. */
import { usageCounters, type UsageCounter } from '#schema/documents/usage-document.ts'
import type { UsageLimitName } from '#schema/generated/media-resolvers.ts'
import type { Account } from './account.ts'
import { budgetsOf, type Budget } from './budgets.ts'
import { quotaExceeded } from './quota-exceeded.ts'
import type { QuotaSettings } from './quota-settings.ts'
import type { Amounts, UsageStore } from './usage-store.ts'

export interface DailyUsage {
  /** @returns what takes it back, for what comes to nothing. @throws DomainError QUOTA_EXCEEDED. */
  take(account: Account, amounts: Partial<Amounts>): Promise<() => Promise<void>>
  /** Each limit of a day, with what is used of it and until when it counts. */
  read(account: Account): Promise<readonly UsedOfLimit[]>
}

export interface UsedOfLimit {
  readonly name: UsageLimitName
  readonly allowed: number
  readonly used: number
  readonly until: Date | null
}

export interface DailyUsageDependencies {
  readonly store: UsageStore
  readonly settings: QuotaSettings
  readonly now?: () => Date
}

const nothing: Amounts = { uploadedBytes: 0, audioMs: 0, storedBytes: 0 }

export function createDailyUsage({
  store,
  settings,
  now = () => new Date(),
}: DailyUsageDependencies): DailyUsage {
  const refuse = async ({ day, limits, names, advice }: Budget, amounts: Amounts) => {
    const used = (await store.read(day)) ?? nothing
    const after = (counter: UsageCounter) => used[counter] + amounts[counter]
    // Where none is passed any more, another order was taken back meanwhile.
    const counter = usageCounters.find((each) => amounts[each] > 0 && after(each) > limits[each]) ?? 'audioMs'
    const exceeded = { limit: names[counter]!, allowed: limits[counter], actual: after(counter) }
    return quotaExceeded({ ...exceeded, until: day.endsAt, advice }, now())
  }
  const readBudget = async ({ day, limits, names }: Budget): Promise<UsedOfLimit[]> => {
    const used = (await store.read(day)) ?? nothing
    return usageCounters.flatMap((counter) => {
      const name = names[counter]
      if (name === undefined) return []
      return [{ name, allowed: limits[counter], used: used[counter], until: day.endsAt }]
    })
  }
  return {
    async take(account, some) {
      const amounts = { ...nothing, ...some }
      const taken: Budget[] = []
      const takeBack = async () => {
        for (const { day } of taken) await store.takeBack(day, amounts)
      }
      try {
        for (const budget of budgetsOf(account, settings, now())) {
          if (!(await store.add(budget.day, amounts, budget.limits))) throw await refuse(budget, amounts)
          taken.push(budget)
        }
      } catch (error) {
        // The database may be away again: what was asked for is refused for what it was.
        await takeBack().catch(() => undefined)
        throw error
      }
      return takeBack
    },
    async read(account) {
      const limits = (await Promise.all(budgetsOf(account, settings, now()).map(readBudget))).flat()
      return limits.filter((limit) => limit === tightest(limits.filter(({ name }) => name === limit.name)))
    },
  }
}

/** A trial is limited by the host and by the network: what counts for its user is the one that has less left. */
const tightest = (limits: readonly UsedOfLimit[]): UsedOfLimit | undefined =>
  limits.toSorted((one, other) => leftOf(one) - leftOf(other))[0]

const leftOf = ({ allowed, used }: UsedOfLimit) => allowed - used
