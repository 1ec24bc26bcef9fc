/**
 * Holds on all blobs (collection `holds`): while one is taken, the collector removes no bytes, so that who reads documents
 * and then what they name finds it. No clock is compared: a hold is over when the collector itself saw no sign of its holder
 * for a minute. It ends the hold then, and the holder finds out by its next sign.
 */
import { randomUUID } from 'node:crypto'
import type { Db } from 'mongodb'
import type { Logger } from '#runtime/process/log.ts'
import { repeat } from '#runtime/process/repeat.ts'

export const holdsCollection = 'holds'

interface HoldDocument {
  /** Random. */
  readonly _id: string
  /** Raised by the holder every few seconds; only its change matters. */
  readonly sign: number
}

export interface BlobHold extends AsyncDisposable {
  /** @throws Error when the hold did not last until now: bytes may be gone since. */
  confirm(): Promise<void>
}

export interface BlobHolds {
  take(log: Logger): Promise<BlobHold>
  /** Whether bytes must stay. What was useless before the question was asked is useless to every later holder. */
  areTaken(): Promise<boolean>
}

const signEveryMs = 5_000
const overAfterMs = 60_000

/** @param monotonicMs Milliseconds on a clock that no one sets; differences alone count. */
export function createBlobHolds(database: Db, monotonicMs = () => performance.now()): BlobHolds {
  const collection = database.collection<HoldDocument>(holdsCollection)
  let seen = new Map<string, { readonly sign: number; readonly sinceMs: number }>()
  return {
    async take(log) {
      const _id = randomUUID()
      await collection.insertOne({ _id, sign: 0 })
      const confirm = async () => {
        const { matchedCount } = await collection.updateOne({ _id }, { $inc: { sign: 1 } })
        if (matchedCount === 0)
          throw new Error('the hold on all blobs was ended: it gave no sign for too long')
      }
      const signs = repeat(confirm, { name: 'hold all blobs', everyMs: signEveryMs, log })
      return {
        confirm,
        async [Symbol.asyncDispose]() {
          await signs[Symbol.asyncDispose]()
          await collection.deleteOne({ _id })
        },
      }
    },
    async areTaken() {
      const holds = await collection.find().toArray()
      const nowMs = monotonicMs()
      const before = seen
      seen = new Map()
      for (const { _id, sign } of holds) {
        const known = before.get(_id)
        const observed = known?.sign === sign ? known : { sign, sinceMs: nowMs }
        if (nowMs - observed.sinceMs >= overAfterMs) await collection.deleteOne({ _id, sign })
        else seen.set(_id, observed)
      }
      return seen.size > 0
    },
  }
}
