/** Sends commands again that the broker lost: fewer waiting there than conversions are QUEUED, twice running. */
import type { Logger } from '#runtime/process/log.ts'
import type { ConversionOutbox } from './conversion-outbox.ts'
import type { Ledger } from './ledger.ts'

export interface ReconcilerDependencies {
  readonly ledger: Pick<Ledger, 'each' | 'count'>
  readonly outbox: Pick<ConversionOutbox, 'announceNow'>
  /** Commands that wait in the broker, held back or not. */
  readonly waitingCommands: () => Promise<number>
  readonly log: Logger
}

/**
 * One sweep. Seen once it proves nothing: a converter may hold the command and not have claimed the conversion yet. A command too many does no harm:
 * the second claim of an attempt is refused.
 */
export function createReconcilerSweep({ ledger, outbox, waitingCommands, log }: ReconcilerDependencies) {
  let missingBefore = false
  return async (signal: AbortSignal): Promise<void> => {
    const queued = await ledger.count({ status: 'QUEUED' })
    const waiting = queued === 0 ? 0 : await waitingCommands()
    // What cannot be read cannot be announced: it is counted out before anything is said to be missing.
    const missing = waiting < queued && waiting < (await countReadable(ledger))
    if (missing && missingBefore) {
      log.warn(
        { queued, waiting },
        'the broker holds fewer commands than conversions are queued; all are sent again',
      )
      for await (const record of ledger.each({ status: 'QUEUED' })) {
        if (signal.aborted) return
        await outbox.announceNow(record)
      }
    }
    missingBefore = missing && !missingBefore
  }
}

async function countReadable(ledger: Pick<Ledger, 'each'>): Promise<number> {
  let count = 0
  for await (const _ of ledger.each({ status: 'QUEUED' })) count++
  return count
}
