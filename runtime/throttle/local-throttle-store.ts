/** Counts in this process alone: what stands in while the shared store is away. */
import { LRUCache } from 'lru-cache'
import type { ThrottleStore } from './throttle-store.ts'

const mostWindows = 10_000

export function createLocalThrottleStore(): ThrottleStore {
  const counts = new LRUCache<string, number>({ max: mostWindows })
  const change = (id: string, by: number) => void counts.set(id, Math.max(0, (counts.get(id) ?? 0) + by))
  return {
    async add({ id }, limit) {
      if ((counts.get(id) ?? 0) >= limit) return false
      change(id, 1)
      return true
    },
    takeBack: async ({ id }) => change(id, -1),
  }
}
