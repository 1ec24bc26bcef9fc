/** The collection `usage`: one document for each account and day, raised under the condition that a limit is kept. */
import type { Db, Filter } from 'mongodb'
import {
  usageCounters,
  usageDocumentSchema,
  type UsageCounter,
  type UsageDocument,
} from '#schema/documents/usage-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'
import type { Logger } from '#runtime/process/log.ts'

export type Amounts = Readonly<Record<UsageCounter, number>>

export type UsageDay = Pick<UsageDocument, '_id' | 'ownerId' | 'endsAt'>

export interface UsageStore {
  prepare(): Promise<void>
  /** Raises all counters or none; resolves to false where one of them would pass its limit. */
  add(day: UsageDay, amounts: Amounts, limits: Amounts): Promise<boolean>
  takeBack(day: UsageDay, amounts: Amounts): Promise<void>
  /** Null where nothing was used. */
  read(day: UsageDay): Promise<UsageDocument | null>
  removeOver(before: Date): Promise<void>
}

export function createUsageStore(database: Db, log: Logger): UsageStore {
  const collection = database.collection<UsageDocument>('usage')
  const stored = parseStored(usageDocumentSchema, 'usage', log)
  const increment = async ({ _id }: UsageDay, amounts: Amounts, limits: Amounts) => {
    // What is not raised may be past its limit, as one that was lowered meanwhile.
    const raised = usageCounters.filter((counter) => amounts[counter] > 0)
    const room = raised.map((counter) => [counter, { $lte: limits[counter] - amounts[counter] }])
    const filter = { _id, ...Object.fromEntries(room) } as Filter<UsageDocument>
    return (await collection.updateOne(filter, { $inc: amounts })).matchedCount === 1
  }
  return {
    prepare: async () => void (await collection.createIndex({ endsAt: 1 })),
    async add(day, amounts, limits) {
      if (usageCounters.some((counter) => amounts[counter] > limits[counter])) return false
      if (await increment(day, amounts, limits)) return true
      if (await insertNew(collection, { ...day, ...amounts })) return true
      // A limit is reached, or somebody else inserted the day between the two.
      return await increment(day, amounts, limits)
    },
    async takeBack({ _id }, amounts) {
      const less = usageCounters.map((counter) => [counter, -amounts[counter]])
      await collection.updateOne({ _id }, { $inc: Object.fromEntries(less) as Record<UsageCounter, number> })
    },
    read: async ({ _id }) => stored.one(await collection.findOne({ _id })),
    async removeOver(before) {
      await collection.deleteMany({ endsAt: { $lt: before } })
    },
  }
}
