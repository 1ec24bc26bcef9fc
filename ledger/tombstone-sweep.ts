/** Forgets deleted conversions after 30 days; until then their ids answer DELETED. */
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { Ledger } from './ledger.ts'

const retentionMs = 30 * 24 * 3_600_000

export function createTombstoneSweep(
  ledger: Pick<Ledger, 'each' | 'remove'>,
  intents: Pick<BlobIntents, 'reopen'>,
  now = () => new Date(),
) {
  return async (signal: AbortSignal): Promise<void> => {
    for await (const tombstone of ledger.each({ status: 'DELETED' })) {
      if (signal.aborted) return
      if (now().getTime() - tombstone.deletedAt.getTime() < retentionMs) continue
      // The deletion may have died before it told the collector.
      await intents.reopen(tombstone.blobIds)
      await ledger.remove(tombstone._id, tombstone.revision)
    }
  }
}
