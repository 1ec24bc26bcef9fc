/** Brings a file to the server: hash, announcement, bytes by tus, and the server's verdict on what it holds. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Upload } from 'tus-js-client'
import {
  CreateUploadDocument,
  UploadDocument,
  type CreateUploadInput,
  type UploadFieldsFragment,
} from '#schema/generated/operations.ts'
import type { RunOperation } from '#cli/api/api.ts'
import { CliError } from '#cli/cli-error.ts'
import { hashFile } from '#cli/hash-file.ts'
import type { LocalFile } from './local-file.ts'
import { pause } from '#cli/api/graphql-client.ts'

export interface SendProgress {
  hashing(doneBytes: number): void
  sending(doneBytes: number): void
  checking(): void
}

/** What else the server is to know of it. */
export type SendPurpose = Pick<CreateUploadInput, 'purpose' | 'coverFrameMs'>

/** Resolves with a READY upload. @throws CliError with the reason of its rejection. */
export async function sendFile(
  file: LocalFile & SendPurpose,
  run: RunOperation,
  progress: SendProgress,
  signal: AbortSignal,
): Promise<UploadFieldsFragment> {
  const { path, sizeBytes, ...purpose } = file
  const sha256 = await hashFile(path, progress.hashing, signal)
  const input = {
    ...purpose,
    filename: basename(path),
    sizeBytes,
    sha256,
    idempotencyKey: randomUUID(),
  }
  const { upload } = (await run(CreateUploadDocument, { input }, signal)).createUpload
  const ask = async () => (await run(UploadDocument, { id: upload.id }, signal)).upload!
  if (upload.url !== null) {
    await sendBytes(file, upload.url, progress, signal).catch(async (error: unknown) => {
      signal.throwIfAborted()
      // The answer to the last bytes may have been lost, and their tus resource be gone by now.
      if ((await ask()).status === 'UPLOADING') throw error
    })
  }
  progress.checking()
  return await untilReady(ask, signal)
}

/** Waits before a try that follows one without progress; with progress the count starts anew. */
const retryDelaysMs = [0, 500, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000]

function sendBytes(file: LocalFile, url: string, progress: SendProgress, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // Read anew from the offset that the server names, so this handle only tells the path.
    const handle = createReadStream(file.path)
    const stop = () => {
      void upload.abort().catch(() => undefined)
      finish(signal.reason)
    }
    const finish = (error?: unknown) => {
      signal.removeEventListener('abort', stop)
      handle.destroy()
      if (error === undefined) resolve()
      else reject(error)
    }
    const upload = new Upload(handle, {
      uploadUrl: url,
      uploadSize: file.sizeBytes,
      retryDelays: retryDelaysMs,
      storeFingerprintForResuming: false,
      onProgress: (sentBytes) => progress.sending(sentBytes),
      onSuccess: () => finish(),
      onError: (error) => finish(brokenUpload(error)),
    })
    handle.once('error', finish)
    signal.addEventListener('abort', stop, { once: true })
    upload.start()
  })
}

// The error's own text holds the URL, whose secret must not be shown.
function brokenUpload(cause: Error): CliError {
  const response =
    'originalResponse' in cause ? (cause.originalResponse as { getStatus(): number } | null) : null
  const status = response?.getStatus()
  if (status === undefined) {
    return new CliError(
      'UPLOAD_INTERRUPTED',
      'The connection broke too often while uploading: try again later.',
      { retryable: true },
    )
  }
  const gone = status === 404 || status === 410
  const message = gone
    ? 'The server no longer has what was uploaded so far: upload the file again.'
    : `The server did not take the upload and answered ${status}: try again later.`
  return new CliError(gone ? 'UPLOAD_LOST' : 'UPLOAD_INTERRUPTED', message, { retryable: true })
}

const longestPollMs = 2_000

async function untilReady(
  ask: () => Promise<UploadFieldsFragment>,
  signal: AbortSignal,
): Promise<UploadFieldsFragment> {
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 1.5, longestPollMs)) {
    const upload = await ask()
    if (upload.status === 'READY') return upload
    if (upload.status === 'REJECTED' && upload.failure !== null) {
      const { code, message, retryable } = upload.failure
      throw new CliError(code, message, { retryable })
    }
    if (upload.status === 'REJECTED' || upload.status === 'EXPIRED') {
      throw new CliError('UPLOAD_EXPIRED', 'The server has removed the upload: upload the file again.')
    }
    await pause(waitMs, signal)
  }
}
