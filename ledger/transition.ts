/** The state machine of a conversion: pure, so that every interleaving of it can be explored. */
import type {
  ConversionDocument,
  ConversionEvent,
  ConversionRecord,
  ConversionTombstone,
  Debt,
  FinishedConversion,
  QueuedConversion,
  RunningConversion,
} from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { Failure } from '#schema/documents/failure.ts'
import { distinctWarnings, type Warning } from '#schema/documents/warning.ts'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { become, refuse, type Changed, type Decision } from '#runtime/mongo/change-document.ts'
import type { RetryDelayMs } from '#runtime/rabbit/retry-delays.ts'

/** A lease lost this often means that the file kills its workers. */
export const maximumCrashes = 5

/**
 * Each revocation adds an event to a document that is read as a whole, and again with each event that a subscriber replays.
 * Who has revoked so often ends the links for good by deleting the conversion.
 */
export const mostRevocations = 50

/** A failure that may pass is tried again after each of these delays in turn, and then it is final. */
const delaysAfterFailureMs: readonly RetryDelayMs[] = [5_000, 30_000, 300_000]

/** Holds only while its lease does. */
type LeaseCommand =
  | {
      readonly type: 'succeed'
      readonly leaseId: string
      readonly mp3s: readonly Mp3Document[]
      /** Found on the way, beside those of the order. */
      readonly warnings: readonly Warning[]
    }
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
  /** Takes the job from a worker whose beat was seen to stand still. */
  | { readonly type: 'evict'; readonly revision: number; readonly leaseId: string; readonly beat: number }

export type Command =
  | { readonly type: 'claim'; readonly attempt: number; readonly leaseId: string; readonly workerId: string }
  | LeaseCommand
  | { readonly type: 'cancel' }
  | { readonly type: 'delete' }
  | { readonly type: 'revokeLinks' }

export type Refusal =
  | 'NOT_QUEUED'
  | 'LEASE_LOST'
  | 'LEASE_ALIVE'
  | 'ALREADY_FINISHED'
  | 'NOT_FINISHED'
  | 'NOTHING_TO_REVOKE'
  | 'TOO_MANY_REVOCATIONS'
  | 'DELETED'

export type Outcome = Decision<ConversionRecord, Refusal>
export type Applied = Changed<ConversionRecord, ConversionRecord, Refusal>

/** When and as which write a transition happens; the write's id tells a lost reply from a lost race. */
export interface Occasion {
  readonly at: Date
  readonly writeId: string
}

/** Decides what a command makes of a document. Nothing is changed in place; the revision is raised by one. */
export function transition(current: ConversionRecord, command: Command, occasion: Occasion): Outcome {
  if (current.status === 'DELETED') return refuse('DELETED')
  switch (command.type) {
    case 'claim':
      if (current.status !== 'QUEUED' || current.attempt !== command.attempt) return refuse('NOT_QUEUED')
      return write(occasion, 'STARTED', {
        ...current,
        status: 'RUNNING',
        attempt: current.attempt + 1,
        retryDelayMs: 0,
        lease: { id: command.leaseId, workerId: command.workerId, beat: 0 },
        startedAt: current.startedAt ?? occasion.at,
      })
    case 'succeed':
    case 'fail':
    case 'release':
    case 'evict':
      if (current.status !== 'RUNNING' || current.lease.id !== command.leaseId) return refuse('LEASE_LOST')
      return underLease(current, command, occasion)
    case 'cancel':
      if (isFinished(current)) return refuse('ALREADY_FINISHED')
      // Who cancels needs no letter about it: nothing is owed.
      return write(occasion, 'CANCELLED', { ...current, ...over(occasion), status: 'CANCELLED' })
    case 'delete':
      if (!isFinished(current)) return refuse('NOT_FINISHED')
      return become(tombstone(current, occasion))
    case 'revokeLinks':
      return revokeLinks(current, occasion)
  }
}

export const isFinished = (document: ConversionDocument): document is FinishedConversion =>
  document.finishedAt !== null

/** The changed document as the next revision, with its event. */
function write(
  { at, writeId }: Occasion,
  type: ConversionEvent['type'],
  changed: ConversionDocument,
): Outcome {
  const revision = changed.revision + 1
  const { status } = changed
  const events = [...changed.events, { sequence: revision, type, status, at, writeId }]
  return become({ ...changed, revision, events, announce: 'pending' })
}

/** Adds nothing where no link was given out since the last time: there is none to revoke. */
function revokeLinks(current: ConversionDocument, occasion: Occasion): Outcome {
  if (current.status !== 'SUCCEEDED' || !current.linksGiven) return refuse('NOTHING_TO_REVOKE')
  const { linkGeneration } = current
  if (linkGeneration >= mostRevocations) return refuse('TOO_MANY_REVOCATIONS')
  return write(occasion, 'LINKS_REVOKED', {
    ...current,
    linkGeneration: linkGeneration + 1,
    linksGiven: false,
  })
}

/** What is left of the commands once the lease they name is found to hold. */
function underLease(running: RunningConversion, command: LeaseCommand, occasion: Occasion): Outcome {
  switch (command.type) {
    case 'succeed':
      return write(occasion, 'SUCCEEDED', {
        ...running,
        ...over(occasion),
        status: 'SUCCEEDED',
        mp3s: [...command.mp3s],
        warnings: distinctWarnings([...running.warnings, ...command.warnings]),
        owes: debtsOf(running),
      })
    case 'fail':
      return fail(running, command.failure, occasion)
    case 'release':
      return command.failure === null
        ? write(occasion, 'REQUEUED', requeued(running, command.delayMs))
        : releaseFailed(running, command.failure, occasion)
    case 'evict':
      return evict(running, command, occasion)
  }
}

const debtsOf = ({ toBeMailed }: RunningConversion): Debt[] => (toBeMailed ? ['mail'] : [])

const over = ({ at }: Occasion) => ({ retryDelayMs: 0, lease: null, progress: null, finishedAt: at }) as const

const requeued = (running: RunningConversion, retryDelayMs: number): QueuedConversion => ({
  ...running,
  status: 'QUEUED',
  retryDelayMs,
  lease: null,
  progress: null,
})

const fail = (running: RunningConversion, failure: Failure, occasion: Occasion): Outcome =>
  write(occasion, 'FAILED', {
    ...running,
    ...over(occasion),
    status: 'FAILED',
    failure,
    owes: debtsOf(running),
  })

function releaseFailed(running: RunningConversion, failure: Failure, occasion: Occasion): Outcome {
  const retryDelayMs = delaysAfterFailureMs[running.failures]
  const counted = { ...running, failures: running.failures + 1 }
  return retryDelayMs === undefined
    ? fail(counted, failure, occasion)
    : write(occasion, 'REQUEUED', requeued(counted, retryDelayMs))
}

function evict(
  running: RunningConversion,
  seen: { readonly revision: number; readonly beat: number },
  occasion: Occasion,
): Outcome {
  if (running.revision !== seen.revision || running.lease.beat !== seen.beat) return refuse('LEASE_ALIVE')
  const counted = { ...running, crashes: running.crashes + 1 }
  if (counted.crashes < maximumCrashes) return write(occasion, 'WORKER_LOST', requeued(counted, 0))
  const { meaning: message, retryable } = errorCodes.WORKER_CRASHED
  return fail(counted, { code: 'WORKER_CRASHED', message, retryable }, occasion)
}

function tombstone(finished: FinishedConversion, { at, writeId }: Occasion): ConversionTombstone {
  return {
    _id: finished._id,
    revision: finished.revision + 1,
    ownerId: finished.ownerId,
    status: 'DELETED',
    lastStatus: finished.status,
    announce: 'pending',
    uploadId: finished.source.uploadId,
    blobIds: finished.mp3s.map((mp3) => mp3.blobId),
    deletedAt: at,
    writeId,
  }
}
