/** Forgets deleted conversions after 30 days; until then their ids answer DELETED. */
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { ConversionStore } from './conversion-store.ts'

const retentionMs = 30 * 24 * 3_600_000

export function createTombstoneSweep(
  store: ConversionStore,
  intents: Pick<BlobIntents, 'reopen'>,
  now = () => new Date(),
) {
  return async (signal: AbortSignal): Promise<void> => {
    for await (const tombstone of store.each({ status: 'DELETED' })) {
      if (signal.aborted) return
      if (now().getTime() - tombstone.deletedAt.getTime() < retentionMs) continue
      // The deletion may have died before it told the collector.
      await intents.reopen(tombstone.blobIds)
      await store.remove(tombstone._id, tombstone.revision)
    }
  }
}
