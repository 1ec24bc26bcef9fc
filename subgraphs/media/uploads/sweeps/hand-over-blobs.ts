/** Hands the blobs of an ended upload over to the collector: at its end, and by a sweep where a process died in between. */
import type { UploadIn } from '#schema/documents/upload-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { become, refuse } from '#runtime/mongo/change-document.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import { blobIdsOf } from '#media/uploads/upload-blobs.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface HandOverDependencies {
  readonly uploadStore: Pick<UploadStore, 'each' | 'change'>
  readonly intents: Pick<BlobIntents, 'reopen'>
}

export type HandOverBlobs = (ended: UploadIn<'EXPIRED'>) => Promise<void>

export function createHandOverBlobs({ uploadStore, intents }: HandOverDependencies): HandOverBlobs {
  return async (ended) => {
    await intents.reopen(blobIdsOf(ended))
    await uploadStore.change(ended._id, (current) =>
      current.status === 'EXPIRED' ? become({ ...current, blobsLetGo: true }) : refuse('NOT_EXPIRED'),
    )
  }
}

export const createHandOverSweep =
  (uploadStore: Pick<UploadStore, 'each'>, handOverBlobs: HandOverBlobs) =>
  (signal: AbortSignal): Promise<void> =>
    sweepOver(uploadStore.each(['EXPIRED'], { blobsLetGo: false }), signal, handOverBlobs)
