/** Turns a pending announcement into messages and marks it done: at once after each write, and by a sweep for what that missed. */
import type { ConversionRecord, QueuedConversion } from '#schema/documents/conversion-document.ts'
import { conversionChangedSchema, type ConversionChanged } from '#schema/messages/conversion-changed.ts'
import { convertVideoSchema } from '#schema/messages/convert-video.ts'
import type { Logger } from '#runtime/process/log.ts'
import { retryDelayFor } from '#runtime/rabbit/retry-delays.ts'
import { exchanges, queues, retryQueue } from '#runtime/rabbit/topology.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import type { ConversionStore } from './conversion-store.ts'

export interface AnnouncerDependencies {
  readonly store: ConversionStore
  readonly publisher: Pick<Publisher, 'publish'>
  readonly log: Logger
}

export interface Announcer extends AsyncDisposable {
  /** Announces in the background; what fails stays pending for the sweep. */
  announce(record: ConversionRecord): void
  /** Announces and reports failure. */
  announceNow(record: ConversionRecord): Promise<void>
}

/** Disposing waits for the announcements under way. */
export function createAnnouncer({ store, publisher, log }: AnnouncerDependencies): Announcer {
  const underWay = new Set<Promise<void>>()
  const announceNow = async (record: ConversionRecord) => {
    await publisher.publish({
      exchange: exchanges.events,
      routingKey: `conversion.${record.status.toLowerCase()}`,
      schema: conversionChangedSchema,
      body: changeOf(record),
      headers: headersOf(record),
    })
    if (record.status === 'QUEUED') await publishCommand(publisher, record)
    await store.markAnnounced(record._id, record.revision)
  }
  return {
    announceNow,
    announce(record) {
      const work = announceNow(record).catch((error: unknown) => {
        log.warn({ err: error, conversionId: record._id }, 'an announcement failed; the sweep will repeat it')
      })
      underWay.add(work)
      void work.finally(() => underWay.delete(work))
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(underWay)
    },
  }
}

/** Wakes a converter, at once or after a delay. */
async function publishCommand(
  publisher: Pick<Publisher, 'publish'>,
  record: QueuedConversion,
): Promise<void> {
  const { _id: conversionId, attempt, retryDelayMs } = record
  await publisher.publish({
    exchange: exchanges.commands,
    routingKey: retryDelayMs === 0 ? queues.convert : retryQueue(queues.convert, retryDelayFor(retryDelayMs)),
    schema: convertVideoSchema,
    body: { conversionId, attempt },
    headers: headersOf(record),
  })
}

function headersOf(record: ConversionRecord): Record<string, string> {
  return record.status === 'DELETED' || record.requestId === null ? {} : { requestId: record.requestId }
}

function changeOf(record: ConversionRecord): ConversionChanged {
  const shared = { conversionId: record._id, ownerId: record.ownerId, sequence: record.revision }
  if (record.status === 'DELETED') {
    const at = record.deletedAt.toISOString()
    return { ...shared, uploadId: record.uploadId, type: 'DELETED', status: record.lastStatus, at }
  }
  const last = record.events.at(-1)!
  return {
    ...shared,
    uploadId: record.source.uploadId,
    type: last.type,
    status: record.status,
    at: last.at.toISOString(),
  }
}
