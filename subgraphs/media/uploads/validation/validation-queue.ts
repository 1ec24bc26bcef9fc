/** Validates received uploads, a few at once, and takes up again those that a stop interrupted. */
import { setTimeout as delay } from 'node:timers/promises'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import { createTurns } from '#runtime/turns.ts'
import type { ValidateUpload } from './validate-upload.ts'

export interface ValidationQueue extends AsyncDisposable {
  /** Queues a VALIDATING upload; queueing one twice does no harm. */
  enqueue(upload: UploadDocument): void
  /**
   * Finds what this replica left unfinished: complete files nobody noticed, and validations that were cut off. To be called at
   * the start, and again from time to time: a database that is away at the last byte strands an upload, too.
   */
  resume(): Promise<void>
}

export interface ValidationQueueDependencies {
  readonly validate: ValidateUpload
  readonly uploads: Pick<Uploads, 'startValidating'>
  readonly uploadStore: Pick<UploadStore, 'read' | 'each'>
  readonly files: Pick<ReceivedFiles, 'sizeOf'>
  readonly replica: number
  readonly concurrency: number
  readonly log: Logger
}

/** Pause before a validation that failed by our fault is tried again. */
const retryMs = 2_000

/** Disposing aborts the validations under way; their uploads stay VALIDATING for the next start. */
export function createValidationQueue({
  validate,
  uploads,
  uploadStore,
  files,
  replica,
  concurrency,
  log,
}: ValidationQueueDependencies): ValidationQueue {
  const ending = new AbortController()
  const waiting = createTurns<string>()
  const running = new Map<string, Promise<void>>()

  const run = async (id: string) => {
    while (!ending.signal.aborted) {
      try {
        // It may have been validated, or given up by its owner, since it was queued.
        const upload = await uploadStore.read(id)
        if (upload?.status === 'VALIDATING') await validate(upload, ending.signal)
        return
      } catch (error) {
        if (ending.signal.aborted) return
        log.error(
          { err: error, uploadId: id, retryMs },
          'an upload could not be validated and is tried again',
        )
        await delay(retryMs, undefined, { signal: ending.signal }).catch(() => undefined)
      }
    }
  }
  const startWaiting = () => {
    while (running.size < concurrency && !ending.signal.aborted) {
      const id = waiting.next()
      if (id === undefined) return
      const work = run(id).finally(() => {
        running.delete(id)
        startWaiting()
      })
      running.set(id, work)
    }
  }
  const enqueue = ({ _id, ownerId }: UploadDocument) => {
    if (running.has(_id)) return
    waiting.add(ownerId, _id)
    startWaiting()
  }
  return {
    enqueue,
    async resume() {
      for await (const upload of uploadStore.each(['UPLOADING'], { replica })) {
        if ((await files.sizeOf(upload.secretHash)) === upload.sizeBytes)
          await uploads.startValidating(upload.secretHash)
      }
      for await (const upload of uploadStore.each(['VALIDATING'], { replica })) enqueue(upload)
    },
    async [Symbol.asyncDispose]() {
      ending.abort(new Error('the process is stopping'))
      await Promise.allSettled(running.values())
    },
  }
}
