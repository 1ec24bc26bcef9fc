/** Decides whether a received file can be used, and if so moves what is needed of it into the blob store. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Examine, Findings } from '#media/examine/examine-upload.ts'
import { keptBlobIds, type BlobKeeper } from '#media/uploads/upload-blobs.ts'

export interface CheckUploadDependencies {
  readonly uploads: Pick<Uploads, 'reject'>
  readonly store: UploadStore
  readonly files: ReceivedFiles
  readonly intents: Pick<BlobIntents, 'keep'>
  readonly blobKeeper: BlobKeeper
  /** For each purpose its own. */
  readonly examine: Readonly<Record<UploadDocument['purpose'], Examine>>
  readonly log: Logger
}

export type CheckUpload = (upload: UploadDocument, signal: AbortSignal) => Promise<void>

/** Takes a VALIDATING upload to READY or REJECTED; when it throws, the upload is still VALIDATING and can be checked again. */
export function createCheckUpload(dependencies: CheckUploadDependencies): CheckUpload {
  const { uploads, files, examine, log } = dependencies
  return async (upload, signal) => {
    const uploadLog = log.child({ uploadId: upload._id, userId: upload.ownerId })
    const path = files.pathOf(upload.secretHash)
    try {
      await verify(upload, files, signal)
      await using folder = await files.createWorkFolder(upload.secretHash)
      const job = { upload, path, folder: folder.path, signal, log: uploadLog }
      const findings = await examine[upload.purpose](job)
      const accepted = await accept(upload, findings, dependencies, signal)
      await files.remove(upload.secretHash)
      if (accepted) uploadLog.info(summaryOf(upload, findings), 'upload ready')
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      await uploads.reject(upload.secretHash, error)
      uploadLog.info({ code: error.code }, 'upload rejected')
    }
  }
}

/** All that was declared of the file, before anything is made of it. */
async function verify(upload: UploadDocument, files: ReceivedFiles, signal: AbortSignal): Promise<void> {
  const sizeBytes = await files.sizeOf(upload.secretHash)
  if (sizeBytes === null) throw new DomainError('UPLOAD_LOST')
  if (sizeBytes !== upload.sizeBytes) throw new DomainError('SIZE_MISMATCH')
  if (upload.sha256 === null) return
  const hash = createHash('sha256')
  const file = createReadStream(files.pathOf(upload.secretHash), { highWaterMark: 1024 * 1024 })
  await pipeline(file, hash, { signal })
  if (hash.digest('hex') !== upload.sha256) throw new DomainError('HASH_MISMATCH')
}

/** @returns false when the upload was ended meanwhile. */
async function accept(
  { _id, sha256 }: UploadDocument,
  findings: Findings,
  { store, intents, blobKeeper }: CheckUploadDependencies,
  signal: AbortSignal,
): Promise<boolean> {
  const kept = await blobKeeper.write(_id, findings, signal)
  const verifiedBy: UploadDocument['verifiedBy'] = sha256 ? ['SIZE', 'SHA256'] : ['SIZE']
  // When its answer is lost it may have come true all the same: then the blobs are not ours to take back.
  const ready = await store.change(_id, ({ status }) =>
    status === 'VALIDATING' ? { ...kept, status: 'READY', media: findings.media, verifiedBy } : null,
  )
  if (ready === null) await blobKeeper.takeBack(keptBlobIds(kept))
  else for (const blobId of keptBlobIds(kept)) await intents.keep(blobId)
  return ready !== null
}

const summaryOf = ({ sizeBytes }: UploadDocument, { media, source, picture }: Findings) => ({
  sizeBytes,
  storedBytes: source?.sizeBytes,
  form: source?.form,
  durationMs: media?.durationMs,
  container: media?.container,
  pictureBytes: picture?.sizeBytes,
})
