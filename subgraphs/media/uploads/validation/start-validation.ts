/** Starts the validation of received uploads. */
import { availableParallelism } from 'node:os'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { createExaminations } from '#media/examine/create-examinations.ts'
import type { MediaScope } from '#media/media-settings.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import { createUploadBlobWriter } from '#media/uploads/upload-blobs.ts'
import type { UploadMetrics } from '#media/uploads/upload-metrics.ts'
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
  readonly metrics: UploadMetrics
}

export async function startValidation(
  scope: MediaScope,
  { uploads, uploadStore, files, blobs, intents, metrics }: StartValidationDependencies,
): Promise<ValidationQueue> {
  const { settings, log, resources } = scope
  const writer = createUploadBlobWriter({ blobs, intents })
  const blobWriter = { ...writer, write: metrics.timed('store', writer.write) }
  const examine = await createExaminations(scope, metrics)
  const validate = createValidateUpload({ uploads, uploadStore, files, blobWriter, examine, log })
  const replica = settings.REPLICA
  const attempts = settings.VALIDATION_ATTEMPTS
  const bounds = { concurrency: availableParallelism(), attempts }
  const parts = { validate, uploads, uploadStore, files }
  const queue = resources.use(createValidationQueue({ ...parts, ...bounds, replica, log }))
  resources.use(repeat(queue.resume, { name: 'resume validations', everyMs: 30_000, log }))
  return queue
}
