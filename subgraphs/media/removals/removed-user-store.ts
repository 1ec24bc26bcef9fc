/** The collection `removedUsers`. */
import type { Db } from 'mongodb'
import {
  removedUserDocumentSchema,
  type RemovedUserDocument,
} from '#schema/documents/removed-user-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface RemovedUserStore {
  /** Does nothing where the user is there already. */
  insert(user: RemovedUserDocument): Promise<void>
  each(): AsyncIterable<RemovedUserDocument>
  remove(userId: string): Promise<void>
}

export function createRemovedUserStore(database: Db, log: Logger): RemovedUserStore {
  const collection = database.collection<RemovedUserDocument>('removedUsers')
  const stored = parseStored(removedUserDocumentSchema, 'removedUsers', log)
  return {
    insert: async (user) => void (await insertNew(collection, user)),
    each: () => stored.each(collection.find()),
    async remove(userId) {
      await collection.deleteOne({ _id: userId })
    },
  }
}
