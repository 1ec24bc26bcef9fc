/** Decides whether a received file can be converted, and if so moves it into the blob store. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Probe } from '#runtime/ffmpeg/probe.ts'
import type { Screen } from '#runtime/ffmpeg/screen.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface CheckUploadDependencies {
  readonly uploads: Pick<Uploads, 'reject'>
  readonly store: UploadStore
  readonly files: ReceivedFiles
  readonly blobs: BlobStore
  readonly intents: BlobIntents
  readonly probe: Probe
  readonly screen: Screen
  readonly log: Logger
}

export type CheckUpload = (upload: UploadDocument, signal: AbortSignal) => Promise<void>

/** Takes a CHECKING upload to READY or REJECTED; when it throws, the upload is still CHECKING and can be checked again. */
export function createCheckUpload(dependencies: CheckUploadDependencies): CheckUpload {
  const { uploads, store, files, intents, blobs, log } = dependencies
  return async (upload, signal) => {
    const uploadLog = log.child({ uploadId: upload._id, userId: upload.ownerId })
    try {
      const media = await examine(upload, dependencies, signal)
      // A fresh id for each try: what a broken-off one left behind is in nobody's way, and the collector's.
      const blobId = `${upload._id}.${randomUUID()}`
      await intents.record(blobId, { kind: 'upload', uploadId: upload._id })
      await storeVerified(upload, blobId, dependencies, signal).catch(async (error: unknown) => {
        // The next try writes under another id: on a full store each would leave less room to the one after it.
        await blobs.delete(blobId).catch(() => false)
        throw error
      })
      const ready = await store.change(upload._id, ({ status }) =>
        status === 'CHECKING'
          ? { status: 'READY', media, blobId, verifiedBy: upload.sha256 ? ['SIZE', 'SHA256'] : ['SIZE'] }
          : null,
      )
      if (ready) await intents.keep(blobId)
      else await blobs.delete(blobId)
      await files.remove(upload.secretHash)
      uploadLog.info(
        { sizeBytes: upload.sizeBytes, durationMs: media.durationMs, container: media.container },
        'upload ready',
      )
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      await uploads.reject(upload.secretHash, error)
      uploadLog.info({ code: error.code }, 'upload rejected')
    }
  }
}

async function examine(
  upload: UploadDocument,
  { files, probe, screen }: CheckUploadDependencies,
  signal: AbortSignal,
): Promise<SourceMedia> {
  const sizeBytes = await files.sizeOf(upload.secretHash)
  if (sizeBytes === null) throw new DomainError('UPLOAD_LOST')
  if (sizeBytes !== upload.sizeBytes) throw new DomainError('SIZE_MISMATCH')
  const path = files.pathOf(upload.secretHash)
  const media = await probe(path, signal)
  return await screen(path, media, signal)
}

/** One pass over the file: stored and hashed together. */
async function storeVerified(
  upload: UploadDocument,
  blobId: string,
  { files, blobs }: CheckUploadDependencies,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256')
  const file = createReadStream(files.pathOf(upload.secretHash), { highWaterMark: 1024 * 1024 })
  const hashed = async function* () {
    for await (const bytes of file as AsyncIterable<Buffer>) {
      hash.update(bytes)
      yield bytes
    }
  }
  await blobs.write(blobId, hashed(), signal)
  if (upload.sha256 === null || hash.digest('hex') === upload.sha256) return
  throw new DomainError('HASH_MISMATCH')
}
