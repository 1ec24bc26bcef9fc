/** The collection `uploads`: unique inserts, and replacements that hold only at the revision they were decided on. */
import type { Db, Filter } from 'mongodb'
import {
  uploadDocumentSchema,
  type UploadDocument,
  type UploadIn,
} from '#schema/documents/upload-document.ts'
import { become, changeDocument, type Changed, type Decision } from '#runtime/mongo/change-document.ts'
import { underWayStatuses } from './under-way.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import type { Logger } from '#runtime/process/log.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'

export interface UploadStore {
  prepare(): Promise<void>
  /** Resolves to false when the id exists. */
  insert(document: UploadDocument): Promise<boolean>
  read(id: string): Promise<UploadDocument | null>
  readBySecretHash(secretHash: string): Promise<UploadDocument | null>
  /** Applies a change to whatever the upload is by then, as its next revision. */
  change<N extends UploadDocument, R extends string>(
    id: string,
    decide: (current: UploadDocument) => Decision<N, R>,
  ): Promise<Changed<UploadDocument, N, R>>
  noteReceived(secretHash: string, receivedBytes: number): Promise<void>
  /** Every upload in one of the statuses that fits the filter, however many; malformed ones are passed over. */
  each<S extends UploadDocument['status']>(
    statuses: readonly S[],
    filter?: Filter<UploadDocument>,
  ): AsyncIterable<UploadIn<S>>
  remove(id: string, revision: number): Promise<void>
  /** What an owner has announced that is not validated yet. */
  underWayOf(ownerId: string): Promise<{ readonly count: number; readonly sizeBytes: number }>
  /**
   * For what a replica has to keep room: for all that is to come of what was announced since then, and of each other upload for
   * as much again as has come. So a promise is kept by sending, and who only announces holds nothing for long.
   */
  bytesPromised(replica: number, since: Date): Promise<number>
}

interface Sum {
  readonly count: number
  readonly sizeBytes: number
}

export function createUploadStore(database: Db, log: Logger): UploadStore {
  const collection = database.collection<UploadDocument>('uploads')
  const stored = parseStored(uploadDocumentSchema, 'uploads', log)
  const read = async (id: string) => stored.one(await collection.findOne({ _id: id }))
  const sumOf = async (filter: Filter<UploadDocument>) => {
    const group = { _id: null, count: { $sum: 1 }, sizeBytes: { $sum: '$sizeBytes' } }
    const [sum] = await collection.aggregate<Sum>([{ $match: filter }, { $group: group }]).toArray()
    return sum ?? { count: 0, sizeBytes: 0 }
  }
  return {
    async prepare() {
      await collection.createIndex({ secretHash: 1 }, { unique: true })
      await collection.createIndex({ status: 1, expiresAt: 1 })
      await collection.createIndex({ ownerId: 1, status: 1 })
      await collection.createIndex({ status: 1, blobsLetGo: 1 })
    },
    insert: (document) => insertNew(collection, document),
    read,
    readBySecretHash: async (secretHash) => stored.one(await collection.findOne({ secretHash })),
    change(id, decide) {
      const replace = async ({ revision }: UploadDocument, next: UploadDocument) =>
        (await collection.replaceOne({ _id: id, revision }, next)).matchedCount === 1
      return changeDocument({ read: () => read(id), replace }, (current) => {
        const decision = decide(current)
        return decision.ok ? become({ ...decision.record, revision: current.revision + 1 }) : decision
      })
    },
    async noteReceived(secretHash, receivedBytes) {
      await collection.updateOne({ secretHash, status: 'UPLOADING' }, { $set: { receivedBytes } })
    },
    each: <S extends UploadDocument['status']>(
      statuses: readonly S[],
      filter: Filter<UploadDocument> = {},
    ) => {
      const found = collection.find({ ...filter, status: { $in: [...statuses] } } as Filter<UploadDocument>)
      return stored.each(found) as AsyncIterable<UploadIn<S>>
    },
    async remove(id, revision) {
      await collection.deleteOne({ _id: id, revision })
    },
    async underWayOf(ownerId) {
      const { count, sizeBytes } = await sumOf({ ownerId, status: { $in: [...underWayStatuses] } })
      return { count, sizeBytes }
    },
    async bytesPromised(replica, since) {
      const toCome = { $subtract: ['$sizeBytes', '$receivedBytes'] }
      const asMuchAgain = { $min: [toCome, '$receivedBytes'] }
      const promised = { $cond: [{ $gte: ['$createdAt', since] }, toCome, asMuchAgain] }
      const group = { _id: null, promised: { $sum: promised } }
      const ofReplica = { $match: { replica, status: 'UPLOADING' } }
      const [sum] = await collection.aggregate<{ promised: number }>([ofReplica, { $group: group }]).toArray()
      return sum?.promised ?? 0
    },
  }
}
