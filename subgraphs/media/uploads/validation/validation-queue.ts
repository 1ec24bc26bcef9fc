/** Runs the checks of received uploads, a few at once, and takes up again those a stop interrupted. */
import { setTimeout as delay } from 'node:timers/promises'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { CheckUpload } from './validate-upload.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface UploadChecks extends AsyncDisposable {
  /** Queues a VALIDATING upload; queueing one twice does no harm. */
  enqueue(upload: UploadDocument): void
  /**
   * Finds what this replica left unfinished: complete files nobody noticed, and checks that were cut off. To be called at
   * the start, and again from time to time: a database that is away at the last byte strands an upload, too.
   */
  resume(): Promise<void>
}

export interface UploadChecksDependencies {
  readonly check: CheckUpload
  readonly uploads: Pick<Uploads, 'startValidating'>
  readonly store: UploadStore
  readonly files: ReceivedFiles
  readonly replica: number
  readonly concurrency: number
  readonly log: Logger
}

/** Pause before a check that failed by our fault is tried again. */
const retryMs = 2_000

/** Disposing aborts the checks at hand; their uploads stay VALIDATING for the next start. */
export function createUploadChecks({
  check,
  uploads,
  store,
  files,
  replica,
  concurrency,
  log,
}: UploadChecksDependencies): UploadChecks {
  const ending = new AbortController()
  const waiting = new Map<string, UploadDocument>()
  const running = new Map<string, Promise<void>>()

  const run = async ({ _id }: UploadDocument) => {
    while (!ending.signal.aborted) {
      try {
        // It may have been checked, or given up by its owner, since it was queued.
        const upload = await store.read(_id)
        if (upload?.status === 'VALIDATING') await check(upload, ending.signal)
        return
      } catch (error) {
        if (ending.signal.aborted) return
        log.error({ err: error, uploadId: _id }, 'an upload could not be checked; trying again')
        await delay(retryMs, undefined, { signal: ending.signal }).catch(() => undefined)
      }
    }
  }
  const pump = () => {
    for (const [id, upload] of waiting) {
      if (running.size >= concurrency || ending.signal.aborted) return
      waiting.delete(id)
      const work = run(upload).finally(() => {
        running.delete(id)
        pump()
      })
      running.set(id, work)
    }
  }
  const enqueue = (upload: UploadDocument) => {
    if (running.has(upload._id)) return
    waiting.set(upload._id, upload)
    pump()
  }
  return {
    enqueue,
    async resume() {
      for await (const upload of store.each({ replica, status: 'UPLOADING' })) {
        if ((await files.sizeOf(upload.secretHash)) === upload.sizeBytes)
          await uploads.startValidating(upload.secretHash)
      }
      for await (const upload of store.each({ replica, status: 'VALIDATING' })) enqueue(upload)
    },
    async [Symbol.asyncDispose]() {
      ending.abort(new Error('the process is stopping'))
      await Promise.allSettled(running.values())
    },
  }
}
