/** The one primitive of the ledger: atomic writes of a single conversion document. */
import type { Collection, Db, Filter } from 'mongodb'
import { conversionRecordSchema } from '#schema/documents/conversion-document.ts'
import type {
  ConversionDocument,
  ConversionRecord,
  ConversionStatus,
  Progress,
} from '#schema/documents/conversion-document.ts'
import { isDuplicateKey } from '#runtime/mongo.ts'

export interface ConversionStore {
  /** Resolves to false when the id exists. */
  insert(document: ConversionDocument): Promise<boolean>
  read(id: string): Promise<ConversionRecord | null>
  /** Replaces where the stored revision, and the lease's beat if one is given, still are those; resolves to whether they were. */
  replace(revision: number, record: ConversionRecord, beat?: number): Promise<boolean>
  /** Proves a lease alive, and records progress; resolves to whether the lease still holds. */
  beat(id: string, leaseId: string, beat: number, progress: Progress | null): Promise<boolean>
  /** Marks a revision as announced; a newer one stays pending. */
  markAnnounced(id: string, revision: number): Promise<void>
  find(query: ConversionQuery): Promise<ConversionRecord[]>
  /** Removes a record for good, where its revision is still the given one. */
  remove(id: string, revision: number): Promise<void>
}

export type ConversionQuery =
  | { readonly kind: 'unannounced'; readonly limit: number }
  | { readonly kind: 'inStatus'; readonly status: ConversionStatus | 'DELETED'; readonly limit: number }
  | {
      readonly kind: 'ofOwner'
      readonly ownerId: string
      readonly statuses: readonly ConversionStatus[]
      /** Only what is older than this place in the order by creation. */
      readonly before: { readonly createdAt: Date; readonly id: string } | null
      readonly limit: number
    }

export interface MongoConversionStore extends ConversionStore {
  /** Makes the indexes; idempotent. */
  prepare(): Promise<void>
}

export function createMongoConversionStore(database: Db): MongoConversionStore {
  const collection: Collection<ConversionRecord> = database.collection('conversions')
  return {
    async prepare() {
      await collection.createIndex({ announce: 1 })
      await collection.createIndex({ status: 1 })
      await collection.createIndex({ ownerId: 1, createdAt: -1, _id: -1 })
    },
    async insert(document) {
      try {
        await collection.insertOne(document)
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async read(id) {
      const found = await collection.findOne({ _id: id })
      return found && conversionRecordSchema.parse(found)
    },
    async replace(revision, record, beat) {
      const seen = { _id: record._id, revision, ...(beat !== undefined && { 'lease.beat': beat }) }
      const result = await collection.replaceOne(seen, record)
      return result.matchedCount === 1
    },
    async beat(id, leaseId, beat, progress) {
      const held = { _id: id, status: 'RUNNING', 'lease.id': leaseId } as Filter<ConversionRecord>
      const result = await collection.updateOne(held, { $set: { 'lease.beat': beat, progress } })
      return result.matchedCount === 1
    },
    async markAnnounced(id, revision) {
      await collection.updateOne({ _id: id, revision }, { $set: { announce: 'done' } })
    },
    async remove(id, revision) {
      await collection.deleteOne({ _id: id, revision })
    },
    async find(query) {
      const found = await collection
        .find(filterOf(query), { sort: sortOf(query), limit: query.limit })
        .toArray()
      return found.map((record) => conversionRecordSchema.parse(record))
    },
  }
}

function filterOf(query: ConversionQuery): Filter<ConversionRecord> {
  switch (query.kind) {
    case 'unannounced':
      return { announce: 'pending' }
    case 'inStatus':
      return { status: query.status }
    case 'ofOwner': {
      const { ownerId, statuses, before } = query
      const mine = { ownerId, status: { $in: [...statuses] } }
      if (before === null) return mine
      const older = [
        { createdAt: { $lt: before.createdAt } },
        { createdAt: before.createdAt, _id: { $lt: before.id } },
      ]
      return { ...mine, $or: older }
    }
  }
}

const sortOf = (query: ConversionQuery): Record<string, 1 | -1> =>
  query.kind === 'ofOwner' ? { createdAt: -1, _id: -1 } : { _id: 1 }
