/** The one primitive of the ledger: atomic writes of a single conversion document. */
import type { Collection, Db, Filter } from 'mongodb'
import { conversionDocumentSchema, conversionRecordSchema } from '#schema/documents/conversion-document.ts'
import type {
  ConversionDocument,
  ConversionRecord,
  ConversionStatus,
  Debt,
  Progress,
  QueuedConversion,
} from '#schema/documents/conversion-document.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'
import type { Logger } from '#runtime/process/log.ts'
import { parseStored } from '#runtime/mongo/stored-documents.ts'
import { createConversionTurns, type ConversionTurns } from './conversion-turns.ts'

export interface ConversionStore extends ConversionTurns {
  /** Resolves to false when the id exists. */
  insert(document: ConversionDocument): Promise<boolean>
  read(id: string): Promise<ConversionRecord | null>
  /** Replaces where the stored revision, and the lease's beat if one is given, still are those; resolves to whether they were. */
  replace(revision: number, record: ConversionRecord, beat?: number): Promise<boolean>
  /** Proves a lease alive, and records progress; resolves to whether the lease still holds. @throws Error when the database does not answer. */
  beat(id: string, leaseId: string, beat: number, progress: Progress | null): Promise<boolean>
  /** Marks a revision as announced; a newer one stays pending. */
  markAnnounced(id: string, revision: number): Promise<void>
  /** Lets a conversion that is QUEUED at this attempt be claimed in its turn: its command has arrived. */
  markReady(id: string, attempt: number): Promise<void>
  /** Of the conversions that were announced and are not held back, the one whose turn it is. */
  nextReady(): Promise<QueuedConversion | null>
  /** What a conversion owed is in the collection of who is to do it; a conversion that does not owe it stays as it is. */
  markPaid(id: string, debt: Debt): Promise<void>
  /**
   * Says that a link of the generation is about to be given out. Where the generation is over by then, the link was revoked
   * before it was made, and nothing changes.
   */
  markLinksGiven(id: string, linkGeneration: number): Promise<void>
  /** A page of an owner's conversions, the newest first. */
  page(query: ConversionPageQuery): Promise<ConversionDocument[]>
  /** Every record there is of a kind, however many; malformed ones are passed over. */
  each<Q extends ConversionQuery>(query: Q): AsyncIterable<Found<Q>>
  count(query: ConversionQuery): Promise<number>
  /** Removes a record for good, where its revision is still the given one. */
  remove(id: string, revision: number): Promise<void>
}

export type ConversionQuery =
  | { readonly announce: 'pending' }
  | { readonly status: ConversionStatus | 'DELETED' }
  | { readonly owes: Debt }
  | { readonly ownerId: string; readonly status: ConversionStatus }

/** What a query finds: one for a status nothing but records of that status. */
export type Found<Q extends ConversionQuery> = Extract<
  ConversionRecord,
  { status: Q extends { status: infer S } ? S : ConversionRecord['status'] }
>

export interface ConversionPageQuery {
  readonly ownerId: string
  readonly statuses: readonly ConversionStatus[]
  /** Only what is older than this place in the order by creation. */
  readonly before: { readonly createdAt: Date; readonly id: string } | null
  readonly limit: number
  /** Ends the reading, down to the database's cursor. */
  readonly signal?: AbortSignal
}

export interface MongoConversionStore extends ConversionStore {
  /** Makes the indexes; idempotent. */
  prepare(): Promise<void>
  /** When the conversion was ordered that has waited longest; null where none waits. */
  oldestQueued(): Promise<Date | null>
}

export function createMongoConversionStore(database: Db, log: Logger): MongoConversionStore {
  const collection: Collection<ConversionRecord> = database.collection('conversions')
  const stored = parseStored(conversionRecordSchema, 'conversions', log)
  const turns = createConversionTurns(database)
  const undeleted = parseStored(conversionDocumentSchema, 'conversions', log)
  return {
    ...turns,
    async prepare() {
      await turns.prepare()
      await collection.createIndex({ announce: 1 })
      await collection.createIndex({ status: 1, announce: 1, retryDelayMs: 1, turn: 1, createdAt: 1 })
      await collection.createIndex({ owes: 1 })
      await collection.createIndex({ ownerId: 1, createdAt: -1, _id: -1 })
      await collection.createIndex({ ownerId: 1, status: 1 })
      // For operators: `earshot admin find` and `status`.
      await collection.createIndex({ requestId: 1, createdAt: -1 })
      await collection.createIndex({ finishedAt: 1 })
      await collection.createIndex({ status: 1, createdAt: 1 })
    },
    async oldestQueued() {
      const queued = { status: 'QUEUED' } as Filter<ConversionRecord>
      const options = { sort: { createdAt: 1 as const }, projection: { createdAt: 1 } }
      const found = await collection.findOne<{ createdAt: Date }>(queued, options)
      return found && found.createdAt
    },
    insert: (document) => insertNew(collection, document),
    async read(id) {
      return stored.one(await collection.findOne({ _id: id }))
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
    async markReady(_id, attempt) {
      const queued = { _id, status: 'QUEUED', attempt } as Filter<ConversionRecord>
      await collection.updateOne(queued, { $set: { announce: 'done', retryDelayMs: 0 } })
    },
    async nextReady() {
      const ready = { status: 'QUEUED', announce: 'done', retryDelayMs: 0 } as Filter<ConversionRecord>
      const inTurn = collection.find(ready, { sort: { turn: 1, createdAt: 1 }, batchSize: 2 })
      for await (const record of stored.each(inTurn)) if (record.status === 'QUEUED') return record
      return null
    },
    async markPaid(id, debt) {
      const paid = { $pull: { owes: debt } }
      await collection.updateOne({ _id: id, owes: debt }, paid)
    },
    async markLinksGiven(id, linkGeneration) {
      const unmarked = { _id: id, status: 'SUCCEEDED', linkGeneration, linksGiven: false }
      await collection.updateOne(unmarked as Filter<ConversionRecord>, { $set: { linksGiven: true } })
    },
    async remove(id, revision) {
      await collection.deleteOne({ _id: id, revision })
    },
    async page({ ownerId, statuses, before, limit, signal }) {
      const mine = { ownerId, status: { $in: [...statuses] } }
      const older = before && [
        { createdAt: { $lt: before.createdAt } },
        { createdAt: before.createdAt, _id: { $lt: before.id } },
      ]
      const filter = { ...mine, ...(older && { $or: older }) } as Filter<ConversionRecord>
      const found = collection.find(filter, {
        sort: { createdAt: -1, _id: -1 },
        batchSize: limit,
        ...(signal && { signal }),
      })
      return await Array.fromAsync(firstOf(undeleted.each(found), limit))
    },
    each: <Q extends ConversionQuery>(query: Q) =>
      stored.each(collection.find(query as Filter<ConversionRecord>)) as AsyncIterable<Found<Q>>,
    count: (query) => collection.countDocuments(query),
  }
}

async function* firstOf<T>(items: AsyncIterable<T>, count: number): AsyncIterable<T> {
  let left = count
  for await (const item of items) {
    yield item
    if (--left === 0) return
  }
}
