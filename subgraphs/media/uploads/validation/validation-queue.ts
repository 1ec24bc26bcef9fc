/** Validates received uploads, a few at once, and takes up again those that a stop interrupted. */
import { setTimeout as delay } from 'node:timers/promises'
import type { UploadDocument, UploadIn } from '#schema/documents/upload-document.ts'
import { isDiskFull } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
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
  readonly uploads: Pick<Uploads, 'startValidating' | 'reject'>
  readonly uploadStore: Pick<UploadStore, 'read' | 'each'>
  readonly files: Pick<ReceivedFiles, 'sizeOf'>
  readonly replica: number
  readonly concurrency: number
  /** How often one is tried that fails by a fault of ours. */
  readonly attempts: number
  /** Before it is tried again; twice as long after each failure. */
  readonly pauseMs?: number
  readonly log: Logger
}

/** Until then, another round takes it up. */
const longestPauseMs = 30_000

const givenUp =
  'The file could not be examined, by a fault of ours, however often we tried: upload it again later.'

/** Disposing aborts the validations under way; their uploads stay VALIDATING for the next start. */
export function createValidationQueue({
  validate,
  uploads,
  uploadStore,
  files,
  replica,
  concurrency,
  attempts,
  pauseMs = 2_000,
  log,
}: ValidationQueueDependencies): ValidationQueue {
  const ending = new AbortController()
  const waiting = createTurns<string>()
  const running = new Map<string, Promise<void>>()
  const failures = new Map<string, number>()

  const attempt = async (id: string) => {
    // It may have been validated, or given up by its owner, since it was queued.
    const upload = await uploadStore.read(id)
    if (upload?.status !== 'VALIDATING') return void failures.delete(id)
    try {
      await validate(upload, ending.signal)
      failures.delete(id)
    } catch (error) {
      if (!ending.signal.aborted) await failed(upload, error)
    }
  }
  const failed = async (upload: UploadIn<'VALIDATING'>, error: unknown) => {
    const { _id: uploadId, secretHash } = upload
    // A full disk is no fault of the file's: it waits for as long as that takes.
    const count = (failures.get(uploadId) ?? 0) + (isDiskFull(error) ? 0 : 1)
    failures.set(uploadId, count)
    if (count >= attempts) {
      log.error({ err: error, uploadId, attempts }, 'an upload could not be validated and is rejected')
      await uploads.reject(secretHash, new DomainError('INTERNAL_SERVER_ERROR', givenUp))
      return void failures.delete(uploadId)
    }
    const retryMs = Math.min(longestPauseMs, pauseMs * 2 ** count)
    log.error(
      { err: error, uploadId, retryMs },
      'an upload could not be validated; it is tried again, and others have its place meanwhile',
    )
    const pause = delay(retryMs, undefined, { signal: ending.signal, ref: false })
    void pause.then(() => enqueue(upload)).catch(() => undefined)
  }
  const run = (id: string) =>
    attempt(id).catch((error: unknown) =>
      log.error({ err: error, uploadId: id }, 'an upload waits to be validated until the next round'),
    )
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
