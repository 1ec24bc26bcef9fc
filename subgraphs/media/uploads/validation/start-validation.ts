/** Starts the validation of received uploads. */
import { availableParallelism } from 'node:os'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { createExaminations } from '#media/examine/create-examinations.ts'
import type { MediaScope } from '#media/media-settings.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import { createUploadBlobWriter } from '#media/uploads/upload-blobs.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import { createValidateUpload } from './validate-upload.ts'
import { createValidationQueue, type ValidationQueue } from './validation-queue.ts'

export interface StartValidationDependencies {
  readonly uploads: Uploads
  readonly uploadStore: UploadStore
  readonly files: ReceivedFiles
  readonly blobs: BlobStore
  readonly intents: BlobIntents
}

export async function startValidation(
  { settings, log, resources }: MediaScope,
  { uploads, uploadStore, files, blobs, intents }: StartValidationDependencies,
): Promise<ValidationQueue> {
  const blobWriter = createUploadBlobWriter({ blobs, intents })
  const examine = await createExaminations(settings, log)
  const validate = createValidateUpload({ uploads, uploadStore, files, blobWriter, examine, log })
  const replica = settings.REPLICA
  const concurrency = availableParallelism()
  const parts = { validate, uploads, uploadStore, files }
  const queue = resources.use(createValidationQueue({ ...parts, replica, concurrency, log }))
  resources.use(repeat(queue.resume, { name: 'resume validations', everyMs: 30_000, log }))
  return queue
}
