/** The refusal of what would pass a limit of use: it says which limit, and when to try again. */
import type { UsageLimitName } from '#schema/generated/media-resolvers.ts'
import { DomainError } from '#runtime/domain-error.ts'

export interface QuotaExceeded {
  readonly limit: UsageLimitName
  readonly allowed: number
  /** What would have been used. */
  readonly actual: number
  /** When the count begins anew; null for what ends as soon as something is finished. */
  readonly until: Date | null
  readonly advice: string
}

export function quotaExceeded(
  { limit, allowed, actual, until, advice }: QuotaExceeded,
  now: Date,
): DomainError {
  const retryAfterMs = until === null ? soonMs : Math.max(0, until.getTime() - now.getTime())
  const details = { limit, allowed, actual, retryAfterMs, ...(until && { until: until.toISOString() }) }
  const message = `The limit ${limit} of ${allowed} would be passed (${actual}). ${advice}`
  return new DomainError('QUOTA_EXCEEDED', message, { details })
}

/** Uploads and conversions under way end at no time that is known; a look each minute finds the end of one soon enough. */
const soonMs = 60_000
