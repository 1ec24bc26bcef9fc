/** Ends the work on a conversion: when its lease is lost, past its limit of time, or at a shutdown that cannot wait for the end. */
import { DomainError } from '#runtime/domain-error.ts'
import type { Lease } from './lease.ts'

export interface StoppingWork extends Disposable {
  readonly signal: AbortSignal
  /** Whether the work took longer than it may. */
  hasTimedOut(): boolean
  expect(newestEtaMs: number | null): void
}

export interface StopWhenToldOptions {
  readonly lease: Pick<Lease, 'lost'>
  readonly shutdown: AbortSignal
  /** Of the whole conversion, whatever it makes. */
  readonly limitMs: number
  /** A stopping process finishes what takes no longer than this. */
  readonly drainMs: number
}

export function stopWhenTold({ lease, shutdown, limitMs, drainMs }: StopWhenToldOptions): StoppingWork {
  const stop = new AbortController()
  let etaMs: number | null = null
  let timedOut = false
  const onLost = () => stop.abort(lease.lost.reason)
  const giveUp = () => stop.abort(new Error('the converter is stopping'))
  let patience: NodeJS.Timeout | undefined
  const onShutdown = () => {
    if (etaMs === null || etaMs > drainMs) return giveUp()
    // An estimate may be wrong, and the process will not wait for ever.
    patience = setTimeout(giveUp, drainMs)
  }
  const limit = setTimeout(() => {
    timedOut = !stop.signal.aborted
    stop.abort(new DomainError('CONVERSION_TIMED_OUT'))
  }, limitMs)
  lease.lost.addEventListener('abort', onLost, { once: true })
  shutdown.addEventListener('abort', onShutdown, { once: true })
  if (shutdown.aborted) onShutdown()
  return {
    signal: stop.signal,
    hasTimedOut: () => timedOut,
    expect: (newestEtaMs) => void (etaMs = newestEtaMs),
    [Symbol.dispose]() {
      clearTimeout(patience)
      clearTimeout(limit)
      lease.lost.removeEventListener('abort', onLost)
      shutdown.removeEventListener('abort', onShutdown)
    },
  }
}
