/** One delivery of the command: claim the conversion whose turn it is, do the work under its lease, finish it or give it back. */
import type { RunningConversion } from '#schema/documents/conversion-document.ts'
import type { ConvertVideo } from '#schema/messages/convert-video.ts'
import { errorCodes } from '#schema/errors/error-codes.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { Command } from '#ledger/transition.ts'
import { isDiskFull } from '#runtime/disk-space.ts'
import { DomainError, failureOf } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Delivery } from '#runtime/rabbit/settle-message.ts'
import { inSpan, inTraceOf } from '#runtime/tracing/trace-context.ts'
import { holdLease } from './lease.ts'
import type { MakeMp3s } from './make-mp3s.ts'
import { stopWhenTold } from './stop-when-told.ts'
import type { ReportProgress } from './report-progress.ts'
import type { ConverterMetrics } from '#converter/converter-metrics.ts'

export interface ConvertVideoDependencies {
  readonly ledger: Ledger
  readonly workerId: string
  readonly makeMp3s: MakeMp3s
  readonly reportProgress: ReportProgress
  readonly metrics: ConverterMetrics
  /** How long the whole conversion may take, by how long its audio is. */
  readonly wallLimitMs: (durationMs: number) => number
  /** What ends within it is finished when the process is told to end. */
  readonly drainMs: number
  /** Without a beat for so long a conversion is taken away. */
  readonly leaseMs: number
  readonly log: Logger
}

/** A job that found no room at so many attempts is too big for the disk, or the disk for too long too full: it counts failures. */
const patientAttempts = 100

export function createConvertVideo(dependencies: ConvertVideoDependencies) {
  const { ledger, workerId, metrics } = dependencies
  return async (command: ConvertVideo, delivery: Delivery): Promise<void> => {
    const conversion = await ledger.claimNext(command, workerId)
    if (conversion === null) {
      delivery.log.debug(command, 'no conversion is ready; the command is outdated, and nothing is done')
      return
    }
    const { _id: conversionId, ownerId: userId, attempt, requestId } = conversion
    // Not the delivery's: its command may have been sent for another conversion, by another request.
    const log = dependencies.log.child({
      ...(requestId !== null && { requestId }),
      conversionId,
      userId,
      attempt,
    })
    // The file's name, its tags, cover and chapters are the user's own affair.
    const { tags: _tags, cover: _cover, chapters: _chapters, ...audio } = conversion.output
    log.info({ uploadId: conversion.source.uploadId, output: audio }, 'conversion started')
    metrics.claimed(waitedMs(conversion), attempt)
    const endTimer = metrics.startJob()
    const convert = () =>
      inSpan('convert', spanOf(conversion), () => work(conversion, dependencies, delivery.signal, log))
    const isSentForIt = command.conversionId === conversionId
    const ending = await (isSentForIt ? convert() : inTraceOf(conversion.traceparent, convert))
    endTimer(ending?.type ?? 'lost', failureCodeOf(ending))
    if (ending === null) return
    const applied = await ledger.apply(conversionId, ending)
    if (applied.ok) log.info({ status: applied.record.status }, 'the attempt is over and recorded')
    else
      log.warn(
        { refusal: applied.refusal },
        'the attempt came to its end after its lease; its result is dropped',
      )
  }
}

/** What is done once more begins a trace of its own, linked to the request's. */
const spanOf = ({ _id, attempt, traceparent }: RunningConversion) => ({
  attributes: { 'earshot.conversion.id': _id, 'earshot.conversion.attempt': attempt },
  linkTo: attempt > 1 ? traceparent : null,
})

const failureCodeOf = (ending: Command | null): string | undefined =>
  ending !== null && 'failure' in ending ? ending.failure?.code : undefined

/** From the event that put it into the queue, which is the one before it was started. */
const waitedMs = ({ events }: RunningConversion) => Date.now() - events.at(-2)!.at.getTime()

/** Does the work, and says how the lease is to end; null when it has ended already. */
async function work(
  conversion: RunningConversion,
  { ledger, makeMp3s, reportProgress, metrics, wallLimitMs, drainMs, leaseMs }: ConvertVideoDependencies,
  shutdown: AbortSignal,
  log: Logger,
): Promise<Command | null> {
  const leaseId = conversion.lease.id
  const lease = holdLease({
    ledger,
    conversionId: conversion._id,
    leaseId,
    onLost: metrics.leaseLost,
    leaseMs,
    log,
  })
  const tell = reportProgress(conversion)
  const limitMs = wallLimitMs(conversion.source.durationMs)
  using stopping = stopWhenTold({ lease, shutdown, limitMs, drainMs })
  try {
    const made = await makeMp3s(conversion, {
      signal: stopping.signal,
      onProgress: (progress) => {
        lease.noteProgress(progress)
        stopping.expect(progress.etaMs)
        tell(progress)
      },
      log,
    })
    return { type: 'succeed', leaseId, ...made }
  } catch (error) {
    const { attempt } = conversion
    if (lease.lost.aborted) return null
    if (stopping.hasTimedOut()) return timedOut(leaseId, limitMs, log)
    return outcomeOf(error, { leaseId, attempt, stopped: stopping.signal, log })
  } finally {
    await lease.stop()
  }
}

/** Final: what took so long would take as long again, and each attempt as much of everybody's cores. */
function timedOut(leaseId: string, limitMs: number, log: Logger): Command {
  log.warn({ limitMs }, 'the conversion took longer than all of it may; it fails')
  return { type: 'fail', leaseId, failure: failureOf(new DomainError('CONVERSION_TIMED_OUT')) }
}

interface FailedWork {
  readonly leaseId: string
  readonly attempt: number
  readonly stopped: AbortSignal
  readonly log: Logger
}

function outcomeOf(error: unknown, { leaseId, attempt, stopped, log }: FailedWork): Command {
  if (error instanceof DomainError) {
    const failure = failureOf(error)
    const { code, retryable } = failure
    const cause = error.cause instanceof Error ? error.cause.message : undefined
    log.info({ code, cause, retryable }, 'the conversion could not be carried out')
    return { type: failure.retryable ? 'release' : 'fail', leaseId, failure }
  }
  // By the signal, not by the error: streams wrap the reason in an error of their own.
  if (stopped.aborted) return { type: 'release', leaseId, failure: null, delayMs: 0 }
  const { meaning, retryable } = errorCodes.CONVERTER_FAILED
  const failWith = (message: string): Command => ({
    type: 'release',
    leaseId,
    failure: { code: 'CONVERTER_FAILED', message, retryable },
  })
  if (isDiskFull(error)) {
    log.warn({ err: error }, 'the disk has no room for this conversion; it is tried again later')
    if (attempt >= patientAttempts) return failWith('There was no room for it, at many attempts.')
    return { type: 'release', leaseId, failure: null, delayMs: 30_000 }
  }
  log.error({ err: error }, 'the conversion failed by a fault of ours; it is tried again, or fails for good')
  return failWith(meaning)
}
