/** All that is stored about one conversion, by its id: what became of it and when, and what it left behind. */
import type { Db } from 'mongodb'
import {
  conversionRecordSchema,
  type ConversionDocument,
  type ConversionEvent,
  type ConversionRecord,
} from '#schema/documents/conversion-document.ts'
import { mailDocumentSchema, mailKinds, type MailDocument } from '#schema/documents/mail-document.ts'
import { userDocumentSchema, type UserDocument } from '#schema/documents/user-document.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { OperatorError } from './operator-error.ts'

export type Life = Awaited<ReturnType<typeof readLife>>
export type LifeBlob = Life['blobs'][number]

/**
 * @param personal Whether names of files and addresses are to be in it.
 * @throws OperatorError where there is none, or it is stored in a form that is not known here.
 */
export async function readLife(database: Db, id: string, personal: boolean) {
  const record = await readRecord(database, id)
  const blobs = createGridFsBlobStore(database)
  return {
    id,
    ownerId: record.ownerId,
    revision: record.revision,
    /** Whether the broker has confirmed the messages of its last change. */
    announced: record.announce === 'done',
    ...(record.status === 'DELETED'
      ? {
          status: record.status,
          lastStatus: record.lastStatus,
          deletedAt: record.deletedAt,
          uploadId: record.uploadId,
        }
      : storyOf(record)),
    mails: await readMails(database, id, personal),
    blobs: await Promise.all(
      blobsOf(record).map(async (blob) => ({
        ...blob,
        /** Null where it is not there. */
        sizeBytes: (await blobs.stat(blob.id))?.sizeBytes ?? null,
      })),
    ),
    ...(personal && { personal: await readPersonal(database, record) }),
  }
}

async function readRecord(database: Db, id: string): Promise<ConversionRecord> {
  const found = await database.collection<ConversionRecord>('conversions').findOne({ _id: id })
  if (found === null) throw new OperatorError(`There is no conversion ${id}.`)
  const parsed = conversionRecordSchema.safeParse(found)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path }) => path.join('.'))
  throw new OperatorError(
    `Conversion ${id} is stored in a form that this version does not know: ${fields.join(', ')}.`,
  )
}

function storyOf(conversion: ConversionDocument) {
  const { status, createdAt, startedAt, finishedAt, attempt, crashes, failures } = conversion
  const { retryDelayMs, retryOf, requestId, toBeMailed, owes, failure, progress, lease } = conversion
  return {
    ...{ status, createdAt, startedAt, finishedAt, attempt, crashes, failures },
    ...{ retryDelayMs, retryOf, requestId, toBeMailed, owes, failure, progress },
    uploadId: conversion.source.uploadId,
    traceId: conversion.traceparent?.split('-')[1] ?? null,
    /** Without its id: that is what its holder proves its right with. */
    lease: lease && { workerId: lease.workerId, beat: lease.beat },
    events: eventsOf(conversion),
  }
}

/** Each with the attempt that it belongs to: a claim raises it and is an event. */
function eventsOf({ events, attempt }: ConversionDocument) {
  const startsAfter = (index: number) => events.slice(index + 1).filter(isStart).length
  return events.map(({ sequence, type, status, at }, index) => ({
    ...{ sequence, type, status, at },
    attempt: attempt - startsAfter(index),
  }))
}

const isStart = ({ type }: ConversionEvent) => type === 'STARTED'

function blobsOf(record: ConversionRecord) {
  if (record.status === 'DELETED') return record.blobIds.map((id) => ({ of: 'MP3' as const, id }))
  const { source, mp3s } = record
  return [
    { of: 'source' as const, id: source.blobId },
    ...(source.cover ? [{ of: 'cover' as const, id: source.cover.blobId }] : []),
    ...mp3s.map(({ blobId }) => ({ of: 'MP3' as const, id: blobId })),
  ]
}

async function readMails(database: Db, conversionId: string, personal: boolean) {
  const ids = mailKinds.map((kind) => `${conversionId}:${kind}`)
  const found = await database
    .collection<MailDocument>('mails')
    .find({ _id: { $in: ids } })
    .toArray()
  return found.map((document) => {
    const { kind, state, reason, tries, resends, createdAt, sentAt } = mailDocumentSchema.parse(document)
    return {
      kind,
      state,
      reason: personal ? reason : withoutAddresses(reason),
      tries,
      resends,
      createdAt,
      sentAt,
    }
  })
}

/** Mail servers repeat the address that they refuse. */
const withoutAddresses = (reason: string | null) => reason && reason.replaceAll(/\S+@\S+/gu, '(address)')

async function readPersonal(database: Db, record: ConversionRecord) {
  const found = await database.collection<UserDocument>('users').findOne({ _id: record.ownerId })
  return {
    email: found && userDocumentSchema.parse(found).email,
    filename: record.status === 'DELETED' ? null : record.source.filename,
    mp3s: record.status === 'DELETED' ? [] : record.mp3s.map(({ filename }) => filename),
  }
}
