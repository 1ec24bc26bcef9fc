/** Holds a claimed conversion: beats six times in its time, and ends the work when the lease is lost or can no longer be proven. */
import type { Progress } from '#schema/documents/conversion-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface Lease {
  readonly id: string
  /** Aborted when the lease is lost: everything under it must stop at once. */
  readonly lost: AbortSignal
  /** What the next beat records. */
  noteProgress(progress: Progress): void
  /** Stops beating, and waits for a beat on its way. To be called before the lease is given up by a transition. */
  stop(): Promise<void>
}

/** No beat was confirmed in time, or the conversion is no longer this lease's. */
export type LeaseLoss = 'unproven' | 'over'

export interface LeaseOptions {
  readonly ledger: Pick<Ledger, 'beat'>
  readonly conversionId: string
  readonly leaseId: string
  /** Names the conversion in each line. */
  readonly log: Logger
  readonly onLost?: (cause: LeaseLoss) => void
  /** A reaper that saw no beat for so long may take the conversion away. */
  readonly leaseMs: number
  readonly monotonicMs?: () => number
}

export function holdLease({
  ledger,
  conversionId,
  leaseId,
  log,
  onLost = () => undefined,
  leaseMs,
  monotonicMs = () => performance.now(),
}: LeaseOptions): Lease {
  const beatEveryMs = leaseMs / 6
  // Well before a reaper may take it.
  const provenForMs = (leaseMs * 2) / 3
  const lost = new AbortController()
  let progress: Progress | null = null
  let beat = 0
  let provenAtMs = monotonicMs()
  let beating: Promise<void> | null = null
  let stopped = false
  const loseBecause = (reason: string, cause: LeaseLoss) => {
    if (lost.signal.aborted) return
    // What is over is mostly so by its owner. Whoever took it for another reason has logged why.
    const level = cause === 'over' ? 'info' : 'warn'
    log[level](`${reason}: its work here is stopped`)
    lost.abort(new Error(`the lease of ${conversionId} is lost: ${reason}`))
    onLost(cause)
  }
  // Apart from the beats, any of which may hang. Whatever a late timer leaves is checked before each beat, too.
  const expire = () => loseBecause('no beat of the conversion was confirmed for too long', 'unproven')
  let expiry = setTimeout(expire, provenForMs)
  const prove = (atMs: number) => {
    provenAtMs = atMs
    clearTimeout(expiry)
    if (!stopped) expiry = setTimeout(expire, provenForMs - (monotonicMs() - atMs))
  }
  const beatOnce = async () => {
    const sentAtMs = monotonicMs()
    try {
      if (await ledger.beat(conversionId, leaseId, ++beat, progress)) prove(sentAtMs)
      else loseBecause('the conversion was cancelled, finished or taken by another', 'over')
    } catch (error) {
      log.warn({ err: error }, 'a beat could not be sent; the next is tried')
    }
  }
  const timer = setInterval(() => {
    if (lost.signal.aborted) return
    if (monotonicMs() - provenAtMs > provenForMs) return expire()
    beating ??= beatOnce().finally(() => (beating = null))
  }, beatEveryMs)
  return {
    id: leaseId,
    lost: lost.signal,
    noteProgress: (newest) => void (progress = newest),
    async stop() {
      stopped = true
      clearInterval(timer)
      clearTimeout(expiry)
      await beating
    },
  }
}
