/** Ends uploads whose time ran out before they were READY: another replica's too, as that may never come back. */
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { become, refuse } from '#runtime/mongo/change-document.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import { isUnderWay, underWayStatuses } from '#media/uploads/under-way.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface EndAbandonedDependencies {
  readonly uploadStore: Pick<UploadStore, 'each' | 'change'>
  readonly files: Pick<ReceivedFiles, 'remove'>
  readonly now: () => Date
}

export function createEndAbandonedSweep({ uploadStore, files, now }: EndAbandonedDependencies) {
  const end = async ({ _id, secretHash }: UploadDocument) => {
    const ended = await uploadStore.change(_id, (current) =>
      isUnderWay(current) ? become({ ...current, status: 'EXPIRED' as const }) : refuse('NOT_UNDER_WAY'),
    )
    if (ended.ok) await files.remove(secretHash)
  }
  return (signal: AbortSignal): Promise<void> => {
    const abandoned = uploadStore.each(underWayStatuses, { expiresAt: { $lte: now() } })
    return sweepOver(abandoned, signal, end)
  }
}
