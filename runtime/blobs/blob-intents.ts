/** The register of every blob that was ever begun (collection `blobs`): what is in it can be found and, once useless, removed. */
import type { Db } from 'mongodb'
import { blobDocumentSchema, type BlobDocument, type BlobOwner } from '#schema/documents/blob-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import type { Logger } from '#runtime/process/log.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'

export interface BlobIntents {
  prepare(): Promise<void>
  /** Before the first byte. Recording one twice does no harm. */
  record(id: string, owner: BlobOwner): Promise<void>
  /** Somebody relies on the blob: sweeps pass it over from now on. */
  keep(id: string): Promise<void>
  /** Nobody may rely on these any more: sweeps judge them anew. */
  reopen(ids: readonly string[]): Promise<void>
  /** All that sweeps still have to judge. */
  open(): AsyncIterable<BlobDocument>
  remove(id: string): Promise<void>
}

export function createBlobIntents(database: Db, log: Logger): BlobIntents {
  const collection = database.collection<BlobDocument>('blobs')
  const stored = parseStored(blobDocumentSchema, 'blobs', log)
  return {
    async prepare() {
      await collection.createIndex({ state: 1 })
    },
    async record(id, owner) {
      await insertNew(collection, { _id: id, owner, state: 'open', createdAt: new Date() })
    },
    async keep(id) {
      await collection.updateOne({ _id: id }, { $set: { state: 'kept' } })
    },
    async reopen(ids) {
      for (const id of ids) await collection.updateOne({ _id: id }, { $set: { state: 'open' } })
    },
    open: () => stored.each(collection.find({ state: 'open' })),
    async remove(id) {
      await collection.deleteOne({ _id: id })
    },
  }
}
