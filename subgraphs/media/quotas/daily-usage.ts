/** What an account may use on a day, and has: taken before it is used, so that many orders at once are no more than one after another. */
import { usageCounters, type UsageCounter } from '#schema/documents/usage-document.ts'
import type { UsageLimitName } from '#schema/generated/media-resolvers.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'
import { quotaExceeded } from './quota-exceeded.ts'
import type { QuotaSettings } from './quota-settings.ts'
import type { Amounts, UsageDay, UsageStore } from './usage-store.ts'

export type Account = Pick<Identity, 'userId' | 'emailVerified'>

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

export const limitNames = {
  uploadedBytes: 'UPLOADED_BYTES_A_DAY',
  audioMs: 'AUDIO_MS_A_DAY',
  storedBytes: 'STORED_BYTES_A_DAY',
} as const satisfies Record<UsageCounter, UsageLimitName>

const nothing: Amounts = { uploadedBytes: 0, audioMs: 0, storedBytes: 0 }

export function createDailyUsage({
  store,
  settings,
  now = () => new Date(),
}: DailyUsageDependencies): DailyUsage {
  const limitsOf = ({ emailVerified }: Account): Amounts => {
    const { AUDIO_MINUTES_A_DAY, TRIAL_AUDIO_MINUTES_A_DAY: trialMinutes } = settings
    const minutes = emailVerified ? AUDIO_MINUTES_A_DAY : Math.min(trialMinutes, AUDIO_MINUTES_A_DAY)
    return {
      uploadedBytes: settings.UPLOADED_BYTES_A_DAY,
      audioMs: minutes * 60_000,
      storedBytes: settings.STORED_BYTES_A_DAY,
    }
  }
  const refuse = async (account: Account, day: UsageDay, amounts: Amounts, limits: Amounts) => {
    const used = (await store.read(day)) ?? nothing
    const after = (counter: UsageCounter) => used[counter] + amounts[counter]
    // Where none is passed any more, another order was taken back meanwhile.
    const counter = usageCounters.find((each) => amounts[each] > 0 && after(each) > limits[each]) ?? 'audioMs'
    const advice = adviceFor(counter, account)
    const exceeded = { limit: limitNames[counter], allowed: limits[counter], actual: after(counter) }
    return quotaExceeded({ ...exceeded, until: day.endsAt, advice }, now())
  }
  return {
    async take(account, some) {
      const [day, limits, amounts] = [dayOf(account, now()), limitsOf(account), { ...nothing, ...some }]
      if (!(await store.add(day, amounts, limits))) throw await refuse(account, day, amounts, limits)
      return () => store.takeBack(day, amounts)
    },
    async read(account) {
      const [day, limits] = [dayOf(account, now()), limitsOf(account)]
      const used = (await store.read(day)) ?? nothing
      return usageCounters.map((counter) => ({
        name: limitNames[counter],
        allowed: limits[counter],
        used: used[counter],
        until: day.endsAt,
      }))
    },
  }
}

const dayMs = 86_400_000

function dayOf({ userId: ownerId }: Account, now: Date): UsageDay {
  const day = now.toISOString().slice(0, 10)
  return { _id: `${ownerId}:${day}`, ownerId, endsAt: new Date(Date.parse(day) + dayMs) }
}

const adviceFor = (counter: UsageCounter, { emailVerified }: Account): string =>
  counter === 'audioMs' && !emailVerified
    ? 'Verify your e-mail address, then refresh the session: the trial is over for today.'
    : 'It begins anew at midnight UTC.'
