/** Decides whether a received file can be used, and if so moves what is needed of it into the blob store. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { sourceMediaSchema } from '#schema/documents/source-media.ts'
import type { ReadyUpload, UploadDocument } from '#schema/documents/upload-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { become, refuse } from '#runtime/mongo/change-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Examinations } from '#media/examine/create-examinations.ts'
import type { Findings } from '#media/examine/examine-upload.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import type { UploadBlobWriter } from '#media/uploads/upload-blobs.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'

export interface ValidateUploadDependencies {
  readonly uploads: Pick<Uploads, 'reject'>
  readonly uploadStore: Pick<UploadStore, 'change'>
  readonly files: ReceivedFiles
  readonly blobWriter: UploadBlobWriter
  readonly examine: Examinations
  readonly log: Logger
}

export type ValidateUpload = (upload: UploadDocument, signal: AbortSignal) => Promise<void>

/** Takes a VALIDATING upload to READY or REJECTED. When it throws, the upload is still VALIDATING and can be tried again. */
export function createValidateUpload(dependencies: ValidateUploadDependencies): ValidateUpload {
  const { uploads, files, examine, log } = dependencies
  return async (upload, signal) => {
    const uploadLog = log.child({ uploadId: upload._id, userId: upload.ownerId })
    const path = files.pathOf(upload.secretHash)
    try {
      await verifyBytes(upload, files, signal)
      await using folder = await files.createWorkFolder(upload.secretHash)
      const job = { upload, path, folder: folder.path, signal, log: uploadLog }
      const findings = await examine[upload.purpose](job)
      assureReadable(findings)
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
async function verifyBytes(upload: UploadDocument, files: ReceivedFiles, signal: AbortSignal): Promise<void> {
  const sizeBytes = await files.sizeOf(upload.secretHash)
  if (sizeBytes === null) throw new DomainError('UPLOAD_LOST')
  if (sizeBytes !== upload.sizeBytes) throw new DomainError('SIZE_MISMATCH')
  if (upload.sha256 === null) return
  const hash = createHash('sha256')
  const file = createReadStream(files.pathOf(upload.secretHash), { highWaterMark: 1024 * 1024 })
  await pipeline(file, hash, { signal })
  if (hash.digest('hex') !== upload.sha256) throw new DomainError('HASH_MISMATCH')
}

/** What is stored and could not be read again would never be removed. */
function assureReadable(findings: Findings): void {
  if (findings.purpose === 'COVER') return
  const { error: cause } = sourceMediaSchema.safeParse(findings.media)
  if (cause) throw new DomainError('CORRUPT_FILE', beyondBounds, { cause })
}

const beyondBounds = 'What the file says of itself is beyond all bounds: it is damaged, or made to be so.'

/** @returns false when the upload was ended meanwhile. */
async function accept(
  { _id, sha256 }: UploadDocument,
  findings: Findings,
  { uploadStore, blobWriter }: ValidateUploadDependencies,
  signal: AbortSignal,
): Promise<boolean> {
  const content = await blobWriter.write(_id, findings, signal)
  const verifiedBy: ReadyUpload['verifiedBy'] = sha256 ? ['SIZE', 'SHA256'] : ['SIZE']
  // When its answer is lost, the change may have taken effect all the same: then the blobs are not ours to discard.
  const ready = await uploadStore.change(_id, (current) =>
    current.status === 'VALIDATING'
      ? become({ ...current, ...content, status: 'READY', verifiedBy })
      : refuse('NOT_VALIDATING'),
  )
  if (ready.ok) await blobWriter.confirm(content)
  else await blobWriter.discard(content)
  return ready.ok
}

function summaryOf({ sizeBytes }: UploadDocument, findings: Findings) {
  const pictureBytes = findings.picture?.sizeBytes
  if (findings.purpose === 'COVER') return { sizeBytes, pictureBytes }
  const { media, source } = findings
  return {
    sizeBytes,
    storedBytes: source.sizeBytes,
    form: source.form,
    durationMs: media.durationMs,
    container: media.container,
    pictureBytes,
  }
}
