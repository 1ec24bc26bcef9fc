/** Removes the documents of uploads that ended long ago; until then their ids still answer. */
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import { blobIdsOf } from '#media/uploads/upload-blobs.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface ForgetEndedDependencies {
  readonly uploadStore: Pick<UploadStore, 'each' | 'remove'>
  readonly intents: Pick<BlobIntents, 'reopen'>
  readonly now: () => Date
}

/** After an upload's expiry. */
const documentRetentionMs = 30 * 24 * 3_600_000

export function createForgetEndedSweep({ uploadStore, intents, now }: ForgetEndedDependencies) {
  const forget = async (ended: UploadDocument) => {
    // Once more: a slow process may have confirmed them after they were handed over.
    await intents.reopen(blobIdsOf(ended))
    await uploadStore.remove(ended._id, ended.revision)
  }
  return (signal: AbortSignal): Promise<void> => {
    const before = new Date(now().getTime() - documentRetentionMs)
    const ended = uploadStore.each(['REJECTED', 'EXPIRED'], { expiresAt: { $lte: before } })
    return sweepOver(ended, signal, forget)
  }
}
