/** The collection `uploads`: unique inserts, and replacements that hold only at the revision they were decided on. */
import type { Db, Filter } from 'mongodb'
import { uploadDocumentSchema, type UploadDocument } from '#schema/documents/upload-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import type { Logger } from '#runtime/process/log.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'

export interface UploadStore {
  prepare(): Promise<void>
  /** Resolves to false when the id exists. */
  insert(document: UploadDocument): Promise<boolean>
  read(id: string): Promise<UploadDocument | null>
  readBySecretHash(secretHash: string): Promise<UploadDocument | null>
  /**
   * Applies a change to whatever the document is by then, again after each lost race.
   * @returns the stored result; null when the document is gone or the change declines by returning null.
   */
  change(
    id: string,
    decide: (current: UploadDocument) => Partial<UploadDocument> | null,
  ): Promise<UploadDocument | null>
  noteReceived(secretHash: string, receivedBytes: number): Promise<void>
  each(filter: Filter<UploadDocument>): AsyncIterable<UploadDocument>
  remove(id: string, revision: number): Promise<void>
}

export function createUploadStore(database: Db, log: Logger): UploadStore {
  const collection = database.collection<UploadDocument>('uploads')
  const stored = parseStored(uploadDocumentSchema, 'uploads', log)
  const read = async (id: string) => stored.one(await collection.findOne({ _id: id }))
  return {
    async prepare() {
      await collection.createIndex({ secretHash: 1 }, { unique: true })
      await collection.createIndex({ status: 1, expiresAt: 1 })
      await collection.createIndex({ status: 1, blobsLetGo: 1 })
    },
    insert: (document) => insertNew(collection, document),
    read,
    readBySecretHash: async (secretHash) => stored.one(await collection.findOne({ secretHash })),
    async change(id, decide) {
      for (;;) {
        const current = await read(id)
        const changes = current && decide(current)
        if (!current || !changes) return null
        const changed = { ...current, ...changes, revision: current.revision + 1 }
        const result = await collection.replaceOne({ _id: id, revision: current.revision }, changed)
        if (result.matchedCount === 1) return changed
      }
    },
    async noteReceived(secretHash, receivedBytes) {
      await collection.updateOne({ secretHash, status: 'UPLOADING' }, { $set: { receivedBytes } })
    },
    each: (filter) => stored.each(collection.find(filter)),
    async remove(id, revision) {
      await collection.deleteOne({ _id: id, revision })
    },
  }
}
