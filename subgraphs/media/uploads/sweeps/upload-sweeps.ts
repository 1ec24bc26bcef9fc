/** The sweeps over uploads, by their names in the log: each ends or removes one kind of what nobody finishes or needs any more. */
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import { createEndAbandonedSweep } from './end-abandoned.ts'
import { createForgetEndedSweep } from './forget-ended.ts'
import { createHandOverSweep, type HandOverBlobs } from './hand-over-blobs.ts'
import type { UploadRelease } from './release-uploads.ts'
import { createTidyDiskSweep } from './tidy-disk.ts'

export interface UploadSweepsDependencies {
  readonly uploadStore: UploadStore
  readonly files: ReceivedFiles
  readonly intents: BlobIntents
  readonly release: Pick<UploadRelease, 'sweep'>
  readonly handOverBlobs: HandOverBlobs
  readonly now?: () => Date
}

export type UploadSweeps = Readonly<Record<string, (signal: AbortSignal) => Promise<void>>>

export function createUploadSweeps({
  uploadStore,
  files,
  intents,
  release,
  handOverBlobs,
  now = () => new Date(),
}: UploadSweepsDependencies): UploadSweeps {
  return {
    'release unneeded uploads': (signal) => release.sweep(signal),
    'hand over the blobs of ended uploads': createHandOverSweep(uploadStore, handOverBlobs),
    'end abandoned uploads': createEndAbandonedSweep({ uploadStore, files, now }),
    'remove files of ended uploads': createTidyDiskSweep({ uploadStore, files }),
    'forget ended uploads': createForgetEndedSweep({ uploadStore, intents, now }),
  }
}
