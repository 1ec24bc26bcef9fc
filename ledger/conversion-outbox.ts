/** The messages that a conversion's transitions owe the broker: the event, and for a QUEUED one the command. */
import type { ConversionRecord, QueuedConversion } from '#schema/documents/conversion-document.ts'
import { conversionChangedSchema, type ConversionChanged } from '#schema/messages/conversion-changed.ts'
import { convertVideoSchema } from '#schema/messages/convert-video.ts'
import { createOutbox, type Outbox } from '#runtime/outbox/outbox.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { retryDelayFor } from '#runtime/rabbit/retry-delays.ts'
import { exchanges, queues, retryQueue } from '#runtime/rabbit/topology.ts'
import { inTraceOf } from '#runtime/tracing/trace-context.ts'
import type { ConversionStore } from './conversion-store.ts'

export type ConversionOutbox = Outbox<ConversionRecord>

export interface ConversionOutboxDependencies {
  readonly store: Pick<ConversionStore, 'each' | 'markAnnounced'>
  readonly publisher: Pick<Publisher, 'publish'>
  readonly log: Logger
}

export function createConversionOutbox({
  store,
  publisher,
  log,
}: ConversionOutboxDependencies): ConversionOutbox {
  return createOutbox({
    owing: () => store.each({ announce: 'pending' }),
    keyOf: ({ _id, revision }) => `${_id}/${revision}`,
    about: ({ _id, status }) => ({ conversionId: _id, status }),
    publish: (record) => inTraceOf(traceparentOf(record), () => announce(store, publisher, record)),
    log,
  })
}

async function announce(
  store: ConversionOutboxDependencies['store'],
  publisher: Pick<Publisher, 'publish'>,
  record: ConversionRecord,
): Promise<void> {
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

const traceparentOf = (record: ConversionRecord) => (record.status === 'DELETED' ? null : record.traceparent)

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
