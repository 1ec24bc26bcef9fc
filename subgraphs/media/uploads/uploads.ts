/** The life of an upload: UPLOADING → VALIDATING → READY, or REJECTED, or EXPIRED. */
import type {
  ReadyUpload,
  UploadDocument,
  UploadIn,
  UploadPurpose,
} from '#schema/documents/upload-document.ts'
import { isDiskFull } from '#runtime/disk-space.ts'
import { DomainError, failureOf } from '#runtime/domain-error.ts'
import { become, refuse } from '#runtime/mongo/change-document.ts'
import type { Account } from '#media/quotas/account.ts'
import { isUnderWay, type UploadUnderWay } from './under-way.ts'
import { announcedUpload, readNewUpload } from './new-upload.ts'
import type { AllowUpload } from './allow-upload.ts'
import type { UploadSecrets } from './upload-secret.ts'
import type { UploadStore } from './upload-store.ts'
import type { ReceivedFiles } from './received-files.ts'

export interface Uploads {
  /** @throws DomainError BAD_USER_INPUT, UPLOAD_TOO_LARGE, STORAGE_FULL, QUOTA_EXCEEDED, IDEMPOTENCY_KEY_REUSED. */
  create(account: Account, input: unknown): Promise<UploadDocument>
  /** @throws DomainError NOT_FOUND for an unknown id or somebody else's. */
  readOwned(id: string, ownerId: string): Promise<UploadDocument>
  /** All bytes are on the disk. */
  startValidating(secretHash: string): Promise<UploadIn<'VALIDATING'> | null>
  /** Ends an upload that cannot be converted, and removes its bytes. */
  reject(secretHash: string, cause: DomainError): Promise<void>
  /** Ends an upload its owner gave up. */
  terminate(secretHash: string): Promise<void>
  /** @throws DomainError when the upload is not READY, not the owner's, or for something else. */
  readReady<P extends UploadPurpose>(id: string, ownerId: string, purpose: P): Promise<ReadyUpload<P>>
  /** Keeps the upload from ending while the conversion needs it. @throws as readReady does. */
  pin<P extends UploadPurpose>(
    id: string,
    ownerId: string,
    conversionId: string,
    purpose: P,
  ): Promise<ReadyUpload<P>>
}

export interface UploadsDependencies {
  readonly uploadStore: UploadStore
  readonly secrets: UploadSecrets
  readonly files: ReceivedFiles
  readonly replica: number
  readonly maximumBytes: number
  readonly allowUpload: AllowUpload
  readonly now?: () => Date
}

export function createUploads({
  uploadStore,
  secrets,
  files,
  replica,
  maximumBytes,
  allowUpload,
  now = () => new Date(),
}: UploadsDependencies): Uploads {
  const readOwned = async (id: string, ownerId: string) => {
    const upload = await uploadStore.read(id)
    if (upload?.ownerId !== ownerId) throw new DomainError('NOT_FOUND')
    return upload
  }
  const end = async (secretHash: string, ended: (upload: UploadUnderWay) => UploadDocument) => {
    const upload = await uploadStore.readBySecretHash(secretHash)
    if (upload === null) return
    await uploadStore.change(upload._id, (current) =>
      isUnderWay(current) ? become(ended(current)) : refuse('NOT_UNDER_WAY'),
    )
    await files.remove(secretHash)
  }
  const allowOrForget = async (account: Account, announced: UploadDocument) => {
    try {
      await allowUpload(account, announced)
    } catch (error) {
      await uploadStore.remove(announced._id, announced.revision)
      throw error
    }
  }
  return {
    readOwned,
    async create(account, raw) {
      const ownerId = account.userId
      const input = readNewUpload(raw, maximumBytes)
      const document = announcedUpload(ownerId, input, { secrets, replica, at: now() })
      const inserted = await uploadStore.insert(document)
      // One that was announced before has its answer, room or not.
      if (inserted) await allowOrForget(account, document)
      const upload = inserted ? document : await readOwned(document._id, ownerId)
      if (upload.inputDigest !== document.inputDigest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
      if (upload.status === 'UPLOADING' && upload.replica === replica)
        await files.create(upload.secretHash).catch(refuseForRoom)
      return upload
    },
    async startValidating(secretHash) {
      const upload = await uploadStore.readBySecretHash(secretHash)
      if (upload === null) return null
      const changed = await uploadStore.change(upload._id, (current) =>
        current.status === 'UPLOADING'
          ? become({ ...current, status: 'VALIDATING' as const, receivedBytes: current.sizeBytes })
          : refuse('NOT_UPLOADING'),
      )
      return changed.ok ? changed.record : null
    },
    reject: (secretHash, cause) =>
      end(secretHash, (upload) => ({ ...upload, status: 'REJECTED', failure: failureOf(cause) })),
    terminate: (secretHash) => end(secretHash, (upload) => ({ ...upload, status: 'EXPIRED' })),
    async readReady(id, ownerId, purpose) {
      return readyFor(await readOwned(id, ownerId), purpose)
    },
    async pin(id, ownerId, conversionId, purpose) {
      await readOwned(id, ownerId)
      const pinned = await uploadStore.change(id, (current) => {
        const ready = readyFor(current, purpose)
        return become({ ...ready, pins: [...new Set([...ready.pins, conversionId])] })
      })
      if (!pinned.ok) throw new DomainError('NOT_FOUND')
      return pinned.record
    },
  }
}

/** Even an empty file needs room. */
function refuseForRoom(error: unknown): never {
  throw isDiskFull(error) ? new DomainError('STORAGE_FULL', undefined, { cause: error }) : error
}

/** @throws DomainError that says why the upload cannot be used for this. */
function readyFor<P extends UploadPurpose>(upload: UploadDocument, purpose: P): ReadyUpload<P> {
  switch (upload.status) {
    case 'UPLOADING':
      throw new DomainError('UPLOAD_INCOMPLETE')
    case 'VALIDATING':
      throw new DomainError('UPLOAD_NOT_READY')
    case 'REJECTED':
      throw new DomainError('UPLOAD_REJECTED', `The upload was rejected: ${upload.failure.message}`)
    case 'EXPIRED':
      throw new DomainError('UPLOAD_EXPIRED')
    case 'READY':
      if (isFor(upload, purpose)) return upload
      throw new DomainError('OUTPUT_NOT_POSSIBLE', `The purpose of upload ${upload._id} is not ${purpose}.`)
  }
}

const isFor = <P extends UploadPurpose>(upload: ReadyUpload, purpose: P): upload is ReadyUpload<P> =>
  upload.purpose === purpose
