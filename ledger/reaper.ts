/** Takes jobs from workers that went silent: a lease is stale when this process itself saw no beat of it for its whole time. */
import type { ConversionRecord, RunningConversion } from '#schema/documents/conversion-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Ledger } from './ledger.ts'

export interface ReaperDependencies {
  readonly ledger: Pick<Ledger, 'each' | 'apply'>
  readonly log: Logger
  readonly leaseMs: number
  /** Told of each conversion that was taken away, and what it became. */
  readonly onEvicted?: (status: ConversionRecord['status']) => void
  /** Milliseconds on a clock that no one sets; differences alone count. */
  readonly monotonicMs?: () => number
}

interface Observation {
  readonly key: string
  readonly sinceMs: number
}

/** One sweep; to be repeated some fifteen times in the time of a lease. No two machines' clocks are compared. */
export function createReaperSweep({
  ledger,
  log,
  leaseMs,
  onEvicted = () => undefined,
  monotonicMs = () => performance.now(),
}: ReaperDependencies) {
  // A pause this long in our own reading proves nothing about the workers: observation starts over.
  const longestGapMs = leaseMs / 3
  let observed = new Map<string, Observation>()
  let lastMs = Number.NEGATIVE_INFINITY
  return async (signal: AbortSignal): Promise<void> => {
    const running = await Array.fromAsync(ledger.each({ status: 'RUNNING' }))
    const nowMs = monotonicMs()
    if (nowMs - lastMs > longestGapMs) observed = new Map()
    lastMs = nowMs
    const seen = new Map<string, Observation>()
    for (const document of running) {
      const key = `${document.revision}/${document.lease.id}/${document.lease.beat}`
      const before = observed.get(document._id)
      const observation = before?.key === key ? before : { key, sinceMs: nowMs }
      seen.set(document._id, observation)
      if (nowMs - observation.sinceMs < leaseMs || signal.aborted) continue
      const evicted = await evict(ledger, document, log)
      if (evicted !== null) onEvicted(evicted.status)
    }
    observed = seen
  }
}

/** @returns what it became; null where it was somebody else's by then. */
async function evict(
  ledger: Pick<Ledger, 'apply'>,
  document: RunningConversion,
  log: Logger,
): Promise<ConversionRecord | null> {
  const { id: leaseId, beat, workerId } = document.lease
  const applied = await ledger.apply(document._id, {
    type: 'evict',
    revision: document.revision,
    leaseId,
    beat,
  })
  if (!applied.ok) return null
  const about = { conversionId: document._id, workerId, attempt: document.attempt }
  if (applied.record.status === 'FAILED')
    log.error(
      { ...about, uploadId: document.source.uploadId },
      'a conversion lost its last worker and failed; its source is kept for whoever looks into it',
    )
  else log.warn(about, 'a worker sent no beat for the time of its lease; its conversion is queued again')
  return applied.record
}
