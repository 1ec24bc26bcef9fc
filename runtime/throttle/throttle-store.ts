/**
 * The collection `throttles`: how often something was done in a window of time, counted exactly by all processes together.
 * The number of the window is part of the id, so no clock decides what another one wrote.
 */
import type { Db } from 'mongodb'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import { removeEnded } from '#runtime/mongo/remove-ended.ts'

export interface Window {
  readonly id: string
  readonly endsAt: Date
}

export interface ThrottleStore {
  /** Counts one more unless `limit` is reached; resolves to whether it did. */
  add(window: Window, limit: number): Promise<boolean>
  /** Takes one back that was counted. */
  takeBack(window: Window): Promise<void>
}

export interface PreparedThrottleStore extends ThrottleStore {
  prepare(): Promise<void>
  removeOver(now: Date): Promise<void>
}

interface ThrottleDocument {
  /** The window's id. */
  readonly _id: string
  readonly count: number
  readonly endsAt: Date
}

/** Longer than any window. */
const longestWindowMs = 32 * 86_400_000

/** @param name Of the collection, where a process has one of its own. */
export function createThrottleStore(database: Db, name = 'throttles'): PreparedThrottleStore {
  const throttles = database.collection<ThrottleDocument>(name)
  const increment = async ({ id }: Window, limit: number) => {
    const { matchedCount } = await throttles.updateOne(
      { _id: id, count: { $lt: limit } },
      { $inc: { count: 1 } },
    )
    return matchedCount === 1
  }
  return {
    prepare: async () => void (await throttles.createIndex({ endsAt: 1 })),
    async add(window, limit) {
      if (await increment(window, limit)) return true
      if (await insertNew(throttles, { _id: window.id, count: 1, endsAt: window.endsAt })) return true
      // It is full, or somebody else inserted it between the two.
      return await increment(window, limit)
    },
    async takeBack({ id }) {
      await throttles.updateOne({ _id: id, count: { $gt: 0 } }, { $inc: { count: -1 } })
    },
    removeOver: (now) => removeEnded(throttles, now, longestWindowMs),
  }
}
