/** Ends all uploads of an owner, whatever they are at and whoever needs them: another replica's too, which tidies its disk by itself. */
import type { UploadIn } from '#schema/documents/upload-document.ts'
import { become, refuse } from '#runtime/mongo/change-document.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { ReceivedFiles } from './received-files.ts'
import type { HandOverBlobs } from '#media/uploads/sweeps/hand-over-blobs.ts'
import { isUnderWay, underWayStatuses } from './under-way.ts'
import type { UploadStore } from './upload-store.ts'

export interface EndUploadsOfDependencies {
  readonly uploadStore: Pick<UploadStore, 'each' | 'change'>
  readonly files: Pick<ReceivedFiles, 'remove'>
  readonly handOverBlobs: HandOverBlobs
}

/** Resolves to how many it ended. */
export type EndUploadsOf = (ownerId: string, signal: AbortSignal) => Promise<number>

export function createEndUploadsOf({
  uploadStore,
  files,
  handOverBlobs,
}: EndUploadsOfDependencies): EndUploadsOf {
  return async (ownerId, signal) => {
    let ended = 0
    const uploads = uploadStore.each([...underWayStatuses, 'READY'], { ownerId })
    await sweepOver(uploads, signal, async ({ _id, secretHash }) => {
      const change = await uploadStore.change(_id, (current) =>
        isUnderWay(current) || current.status === 'READY'
          ? become<UploadIn<'EXPIRED'>>({ ...current, status: 'EXPIRED', pins: [] })
          : refuse('OVER'),
      )
      if (!change.ok) return
      ended += 1
      await files.remove(secretHash)
      await handOverBlobs(change.record)
    })
    return ended
  }
}
