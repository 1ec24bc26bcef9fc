/**
 * What a command wakes a converter for. A command is a turn: it was sent for one conversion, and begins the one whose turn it
 * is among all that are ready, so that nobody waits behind everything that somebody else ordered before.
 *
 * As many commands are on their way as conversions are ready, whichever begins which: only what the broker was told of is
 * ready, and who finds nothing ready has seen every conversion whose command was taken before.
 */
import { randomUUID } from 'node:crypto'
import type { RunningConversion } from '#schema/documents/conversion-document.ts'
import type { ConvertVideo } from '#schema/messages/convert-video.ts'
import type { ConversionStore } from './conversion-store.ts'
import type { Applied, Command } from './transition.ts'

export interface ClaimNextDependencies {
  readonly store: Pick<ConversionStore, 'markReady' | 'nextReady' | 'reachTurn'>
  readonly apply: (id: string, command: Command) => Promise<Applied>
}

/** Ends: each miss means that another converter has begun the one that was next, or that it is over. */
export function createClaimNext({ store, apply }: ClaimNextDependencies) {
  return async (
    { conversionId, attempt }: ConvertVideo,
    workerId: string,
  ): Promise<RunningConversion | null> => {
    // Its command has come, so it was announced, and the time for which it was held back is over.
    await store.markReady(conversionId, attempt)
    for (;;) {
      const next = await store.nextReady()
      if (next === null) return null
      await store.reachTurn(next.turn)
      const leaseId = randomUUID()
      const { ok, record } = await apply(next._id, {
        type: 'claim',
        attempt: next.attempt,
        leaseId,
        workerId,
      })
      // Where the reply to the claim was lost, it may have been cancelled or taken away by now.
      if (ok && record.status === 'RUNNING' && record.lease.id === leaseId) return record
    }
  }
}
