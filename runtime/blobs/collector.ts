/** Removes the bytes nobody relies on any more. */
import type { BlobDocument } from '#schema/documents/blob-document.ts'
import type { BlobHolds } from './blob-holds.ts'
import type { BlobIntents } from './blob-intents.ts'
import type { BlobStore } from './blob-store.ts'
import type { Logger } from '#runtime/process/log.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'

/** What has become of a blob: still being decided, relied on, or of no use to anybody ever again. */
export type Fate = 'undecided' | 'kept' | 'garbage'

export interface CollectorDependencies {
  readonly intents: BlobIntents
  readonly blobs: BlobStore
  readonly holds: Pick<BlobHolds, 'areTaken'>
  readonly fateOf: (intent: BlobDocument) => Promise<Fate>
  readonly log: Logger
}

/** One sweep over all open intents. */
export function createCollectorSweep({ intents, blobs, holds, fateOf, log }: CollectorDependencies) {
  const collect = async (intent: BlobDocument) => {
    const fate = await fateOf(intent)
    if (fate === 'kept') await intents.keep(intent._id)
    // Asked only now: whoever holds from now on reads documents that need this blob no more.
    if (fate !== 'garbage' || (await holds.areTaken())) return
    const hadBytes = await blobs.delete(intent._id)
    // A writer that lost its lease may still be writing: the intent stays until a later sweep finds nothing.
    if (hadBytes) log.info({ blobId: intent._id }, 'a blob that nobody needs any more was removed')
    else await intents.remove(intent._id)
  }
  return (signal: AbortSignal): Promise<void> => sweepOver(intents.open(), signal, collect)
}
