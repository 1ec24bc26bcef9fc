/** How the system stands by its database and its broker. Each reading is bounded: what is counted ends at `most`. */
import type { Db, Filter } from 'mongodb'
import { pino } from 'pino'
import type { BlobDocument } from '#schema/documents/blob-document.ts'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { mailStates, type MailDocument } from '#schema/documents/mail-document.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createQueueDepth } from '#runtime/rabbit/queue-depth.ts'
import { queues } from '#runtime/rabbit/topology.ts'

export const most = 10_000
const hourMs = 3_600_000
/** For a connection and every queue's declaration, also on a machine that is just then too busy: that is when one asks. */
const answerWithinMs = 20_000

export type StoredStatus = Awaited<ReturnType<typeof readStoredStatus>>

/** @param now By this machine's clock; what it is compared with was written by others. */
export async function readStoredStatus(database: Db, now: Date) {
  const since = new Date(now.getTime() - hourMs)
  return {
    queue: await readQueue(database),
    lastHour: await readOutcomes(database, since),
    mails: await readMails(database, since),
    blobs: await readBlobs(database, since),
  }
}

export async function readQueue(database: Db) {
  const conversions = database.collection<ConversionRecord>('conversions')
  const waiting = conversions
    .find({ status: 'QUEUED' } as Filter<ConversionRecord>, { limit: most })
    .project<{ _id: string; createdAt: Date }>({ createdAt: 1 })
  let oldest: { id: string; createdAt: Date } | null = null
  let queued = 0
  for await (const { _id: id, createdAt } of waiting) {
    queued += 1
    if (oldest === null || createdAt < oldest.createdAt) oldest = { id, createdAt }
  }
  return { queued, oldest, running: await conversions.countDocuments({ status: 'RUNNING' }, { limit: most }) }
}

async function readOutcomes(database: Db, since: Date) {
  const ended = database
    .collection<ConversionRecord>('conversions')
    .find({ finishedAt: { $gte: since } } as Filter<ConversionRecord>, {
      sort: { finishedAt: -1 },
      limit: most,
    })
    .project<{ status: string; failure: { code: string } | null }>({ status: 1, 'failure.code': 1 })
  const byStatus: Record<string, number> = {}
  const failuresByCode: Record<string, number> = {}
  for await (const { status, failure } of ended) {
    byStatus[status] = (byStatus[status] ?? 0) + 1
    if (failure?.code) failuresByCode[failure.code] = (failuresByCode[failure.code] ?? 0) + 1
  }
  return { byStatus, failuresByCode }
}

async function readMails(database: Db, since: Date): Promise<Record<string, number>> {
  const mails = database.collection<MailDocument>('mails')
  const counts: Record<string, number> = {}
  for (const state of mailStates) {
    const count = await mails.countDocuments({ state, createdAt: { $gte: since } }, { limit: most })
    if (count > 0) counts[state] = count
  }
  return counts
}

async function readBlobs(database: Db, before: Date) {
  const count = await database.collection('fs.files').estimatedDocumentCount()
  const stats = count > 0 ? await database.command({ collStats: 'fs.chunks' }) : { size: 0 }
  const open: Filter<BlobDocument> = { state: 'open', createdAt: { $lt: before } }
  const unjudged = await database.collection<BlobDocument>('blobs').countDocuments(open, { limit: most })
  return { count, sizeBytes: Number(stats['size']), addedBytes: await readAdded(database, before), unjudged }
}

/** Since then, of the newest blobs. */
async function readAdded(database: Db, since: Date): Promise<number> {
  const added = database
    .collection<{ length: number; uploadDate: Date }>('fs.files')
    .find({ uploadDate: { $gte: since } }, { sort: { uploadDate: -1 }, limit: most })
    .project<{ length: number }>({ length: 1 })
  let bytes = 0
  for await (const { length } of added) bytes += length
  return bytes
}

/** Messages that were set aside, by queue; null where no broker answers. */
export async function readDeadLetters(url: string): Promise<Record<string, number> | null> {
  const patience = AbortSignal.timeout(answerWithinMs)
  const rabbit = await connectRabbit(url, pino({ level: 'silent' }), undefined, patience).catch(() => null)
  if (rabbit === null) return null
  await using _connection = rabbit
  await using depth = await createQueueDepth(rabbit)
  const counts: Record<string, number> = {}
  for (const queue of Object.values(queues)) counts[queue] = await depth.dead(queue)
  return counts
}
