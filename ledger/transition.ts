/** The state machine of a conversion: pure, so that every interleaving of it can be explored. */
import type {
  ConversionDocument,
  ConversionEvent,
  ConversionRecord,
  ConversionTombstone,
  Mp3Document,
} from '#schema/documents/conversion-document.ts'
import type { Failure } from '#schema/documents/failure.ts'
import { errorCodes } from '#schema/errors/error-codes.ts'
import type { RetryDelayMs } from '#runtime/rabbit/retry-delays.ts'

/** A lease lost this often means that the file kills its workers. */
export const maximumCrashes = 5

/** A failure that may pass is tried again after each of these delays in turn, and then it is final. */
const delaysAfterFailureMs: readonly RetryDelayMs[] = [5_000, 30_000, 300_000]

export type Command =
  | { readonly type: 'claim'; readonly attempt: number; readonly leaseId: string; readonly workerId: string }
  | { readonly type: 'succeed'; readonly leaseId: string; readonly mp3s: readonly Mp3Document[] }
  | { readonly type: 'fail'; readonly leaseId: string; readonly failure: Failure }
  /** Gives the job back after a failure that may pass. */
  | { readonly type: 'release'; readonly leaseId: string; readonly failure: Failure }
  /** Gives the job back for no fault of its own, as at a shutdown: nothing is counted. */
  | {
      readonly type: 'release'
      readonly leaseId: string
      readonly failure: null
      readonly delayMs: 0 | RetryDelayMs
    }
  | { readonly type: 'evict'; readonly revision: number; readonly leaseId: string; readonly beat: number }
  | { readonly type: 'cancel' }
  | { readonly type: 'delete' }
  | { readonly type: 'revokeLinks' }

export type Refusal =
  | 'NOT_QUEUED'
  | 'LEASE_LOST'
  | 'LEASE_ALIVE'
  | 'ALREADY_FINISHED'
  | 'NOT_SETTLED'
  | 'DELETED'

export type Outcome =
  | { readonly ok: true; readonly record: ConversionRecord }
  | { readonly ok: false; readonly refusal: Refusal }

/** When and as which write a transition happens; the write's id tells a lost reply from a lost race. */
export interface Occasion {
  readonly at: Date
  readonly writeId: string
}

const refuse = (refusal: Refusal): Outcome => ({ ok: false, refusal })

/** Decides what a command makes of a document. Nothing is changed in place; the revision is raised by one. */
export function transition(current: ConversionRecord, command: Command, occasion: Occasion): Outcome {
  if (current.status === 'DELETED') return refuse('DELETED')
  switch (command.type) {
    case 'claim':
      if (current.status !== 'QUEUED' || current.attempt !== command.attempt) return refuse('NOT_QUEUED')
      return next(current, occasion, 'STARTED', {
        status: 'RUNNING',
        attempt: current.attempt + 1,
        lease: { id: command.leaseId, workerId: command.workerId, beat: 0 },
        progress: null,
        retryDelayMs: 0,
        startedAt: current.startedAt ?? occasion.at,
      })
    case 'succeed':
      if (!holds(current, command.leaseId)) return refuse('LEASE_LOST')
      return settle(current, occasion, 'SUCCEEDED', { mp3s: [...command.mp3s], failure: null })
    case 'fail':
      if (!holds(current, command.leaseId)) return refuse('LEASE_LOST')
      return settle(current, occasion, 'FAILED', { failure: command.failure })
    case 'release':
      if (!holds(current, command.leaseId)) return refuse('LEASE_LOST')
      if (command.failure === null)
        return next(current, occasion, 'REQUEUED', { ...queued, retryDelayMs: command.delayMs })
      return release(current, occasion, command.failure)
    case 'evict':
      return evict(current, occasion, command)
    case 'cancel':
      if (isFinished(current)) return refuse('ALREADY_FINISHED')
      return settle(current, occasion, 'CANCELLED', {})
    case 'delete':
      if (!isFinished(current)) return refuse('NOT_SETTLED')
      return { ok: true, record: tombstone(current, occasion) }
    case 'revokeLinks':
      return next(current, occasion, 'LINKS_REVOKED', { linkGeneration: current.linkGeneration + 1 })
  }
}

export const isFinished = (document: ConversionDocument): boolean =>
  document.status === 'SUCCEEDED' || document.status === 'FAILED' || document.status === 'CANCELLED'

const holds = (document: ConversionDocument, leaseId: string): boolean =>
  document.status === 'RUNNING' && document.lease?.id === leaseId

function next(
  current: ConversionDocument,
  { at, writeId }: Occasion,
  type: ConversionEvent['type'],
  changes: Partial<ConversionDocument>,
): Outcome {
  const revision = current.revision + 1
  const status = changes.status ?? current.status
  const events = [...current.events, { sequence: revision, type, status, at, writeId }]
  return { ok: true, record: { ...current, ...changes, revision, events, announce: 'pending' } }
}

function settle(
  current: ConversionDocument,
  occasion: Occasion,
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED',
  changes: Partial<ConversionDocument>,
): Outcome {
  return next(current, occasion, status, {
    ...changes,
    status,
    lease: null,
    progress: null,
    retryDelayMs: 0,
    finishedAt: occasion.at,
    // Who cancels needs no letter about it.
    mail: status === 'CANCELLED' ? 'none' : 'owed',
  })
}

const queued = { status: 'QUEUED', lease: null, progress: null } as const

function release(current: ConversionDocument, occasion: Occasion, failure: Failure): Outcome {
  const retryDelayMs = delaysAfterFailureMs[current.failures]
  const failures = current.failures + 1
  if (retryDelayMs === undefined) {
    return settle(current, occasion, 'FAILED', { failure, failures })
  }
  return next(current, occasion, 'REQUEUED', { ...queued, failures, retryDelayMs })
}

function evict(
  current: ConversionDocument,
  occasion: Occasion,
  seen: { readonly revision: number; readonly leaseId: string; readonly beat: number },
): Outcome {
  if (!holds(current, seen.leaseId)) return refuse('LEASE_LOST')
  if (current.revision !== seen.revision || current.lease?.beat !== seen.beat) return refuse('LEASE_ALIVE')
  const crashes = current.crashes + 1
  if (crashes >= maximumCrashes) {
    const { meaning: message, retryable } = errorCodes.WORKER_CRASHED
    return settle(current, occasion, 'FAILED', {
      crashes,
      failure: { code: 'WORKER_CRASHED', message, retryable },
    })
  }
  return next(current, occasion, 'WORKER_LOST', { ...queued, crashes })
}

function tombstone(current: ConversionDocument, { at, writeId }: Occasion): ConversionTombstone {
  return {
    _id: current._id,
    revision: current.revision + 1,
    ownerId: current.ownerId,
    status: 'DELETED',
    lastStatus: current.status as ConversionTombstone['lastStatus'],
    announce: 'pending',
    uploadId: current.source.uploadId,
    blobIds: current.mp3s.map((mp3) => mp3.blobId),
    deletedAt: at,
    writeId,
  }
}

/** Whether a record carries the write of this id: so a write whose reply was lost is told from one that was. */
export function carriesWrite(record: ConversionRecord, writeId: string): boolean {
  return record.status === 'DELETED'
    ? record.writeId === writeId
    : record.events.some((event) => event.writeId === writeId)
}
