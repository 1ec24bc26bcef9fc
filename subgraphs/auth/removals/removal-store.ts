/** The collection `removals`. */
import type { Db } from 'mongodb'
import { removalDocumentSchema, type RemovalDocument } from '#schema/documents/removal-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface RemovalStore {
  /** Does nothing where the removal is there already. */
  insert(removal: RemovalDocument): Promise<void>
  each(): AsyncIterable<RemovalDocument>
  remove(id: string): Promise<void>
}

export function createRemovalStore(database: Db, log: Logger): RemovalStore {
  const collection = database.collection<RemovalDocument>('removals')
  const stored = parseStored(removalDocumentSchema, 'removals', log)
  return {
    insert: async (removal) => void (await insertNew(collection, removal)),
    each: () => stored.each(collection.find()),
    async remove(id) {
      await collection.deleteOne({ _id: id })
    },
  }
}
