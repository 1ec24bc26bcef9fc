/** Puts off who asks for too much within seconds: a bucket of cost for each address and each user, in this process alone. */
import { LRUCache } from 'lru-cache'
import { DomainError } from '#runtime/domain-error.ts'

/** @returns TOO_MANY_REQUESTS, saying when to come again; null where it may be done, which is then paid for. */
export type ChargeCost = (key: string, cost: number) => DomainError | null

export interface CostThrottle {
  readonly costPerSecond: number
  readonly now?: () => number
}

/** Whoever was quiet may have so many seconds' worth at once. */
const burstSeconds = 10
/** Whose bucket is forgotten begins with a full one: it takes more addresses than this to gain by that. */
const mostKeys = 50_000

export function createCostThrottle({
  costPerSecond,
  now = () => performance.now(),
}: CostThrottle): ChargeCost {
  const buckets = new LRUCache<string, { left: number; atMs: number }>({ max: mostKeys })
  const full = costPerSecond * burstSeconds
  return (key, cost) => {
    const atMs = now()
    const bucket = buckets.get(key) ?? { left: full, atMs }
    const left = Math.min(full, bucket.left + ((atMs - bucket.atMs) / 1_000) * costPerSecond)
    // What is left need not be enough, or the largest operation could never run: the rest is owed.
    const mayGo = left > 0
    buckets.set(key, { left: mayGo ? left - cost : left, atMs })
    if (mayGo) return null
    const retryAfterMs = Math.ceil((-left / costPerSecond) * 1_000) + 1
    return new DomainError('TOO_MANY_REQUESTS', undefined, { details: { retryAfterMs } })
  }
}
