/** The collection `removals`. */
import type { Db } from 'mongodb'
import { removalDocumentSchema, type RemovalDocument } from '#schema/documents/removal-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface RemovalStore {
  prepare(): Promise<void>
  /** Does nothing where the removal is there already. */
  insert(removal: RemovalDocument): Promise<void>
  /** Those of which others were not told yet, or for the first time before. */
  owing(toldBefore: Date): AsyncIterable<RemovalDocument>
  noteTold(id: string, toldAt: Date): Promise<void>
  remove(id: string): Promise<void>
}

export function createRemovalStore(database: Db, log: Logger): RemovalStore {
  const collection = database.collection<RemovalDocument>('removals')
  const stored = parseStored(removalDocumentSchema, 'removals', log)
  return {
    prepare: async () => void (await collection.createIndex({ toldAt: 1 })),
    insert: async (removal) => void (await insertNew(collection, removal)),
    owing: (toldBefore) =>
      stored.each(collection.find({ $or: [{ toldAt: null }, { toldAt: { $lt: toldBefore } }] })),
    async noteTold(id, toldAt) {
      await collection.updateOne({ _id: id, toldAt: null }, { $set: { toldAt } })
    },
    async remove(id) {
      await collection.deleteOne({ _id: id })
    },
  }
}
