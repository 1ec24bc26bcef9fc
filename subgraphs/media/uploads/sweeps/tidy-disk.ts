/** Removes files of uploads that are over or unknown: a process died between an upload's end and the removal of its file. */
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import { isUnderWay } from '#media/uploads/under-way.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface TidyDiskDependencies {
  readonly uploadStore: Pick<UploadStore, 'readBySecretHash'>
  readonly files: Pick<ReceivedFiles, 'list' | 'remove'>
}

export function createTidyDiskSweep({ uploadStore, files }: TidyDiskDependencies) {
  return async (signal: AbortSignal): Promise<void> =>
    await sweepOver(await files.list(), signal, async (secretHash) => {
      const upload = await uploadStore.readBySecretHash(secretHash)
      if (upload === null || !isUnderWay(upload)) await files.remove(secretHash)
    })
}
