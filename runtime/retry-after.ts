/** The value of the header Retry-After, in whole seconds, as it knows no smaller ones (RFC 9110, 10.2.3). */
import type { DomainError } from './domain-error.ts'

export const retryAfterSeconds = (retryAfterMs: number): string => String(Math.ceil(retryAfterMs / 1_000))

/** Undefined where waiting would not help. */
export const retryAfterOf = ({ details: { retryAfterMs } }: DomainError): string | undefined =>
  retryAfterMs === undefined ? undefined : retryAfterSeconds(retryAfterMs)
