/** The life of an upload: UPLOADING → VALIDATING → READY, or REJECTED, or EXPIRED. */
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { isDiskFull, type DiskSpace } from '#runtime/disk-space.ts'
import { DomainError, failureOf } from '#runtime/domain-error.ts'
import { isUnderWay } from './under-way.ts'
import { announcedUpload, readNewUpload } from './new-upload.ts'
import type { UploadSecrets } from './upload-secret.ts'
import type { UploadStore } from './upload-store.ts'
import type { ReceivedFiles } from './received-files.ts'

export interface Uploads {
  /** @throws DomainError BAD_USER_INPUT, UPLOAD_TOO_LARGE, STORAGE_FULL, IDEMPOTENCY_KEY_REUSED. */
  create(ownerId: string, input: unknown): Promise<UploadDocument>
  /** @throws DomainError NOT_FOUND for an unknown id or somebody else's. */
  readOwned(id: string, ownerId: string): Promise<UploadDocument>
  /** All bytes are on the disk. */
  startValidating(secretHash: string): Promise<UploadDocument | null>
  /** Ends an upload that cannot be converted, and removes its bytes. */
  reject(secretHash: string, cause: DomainError): Promise<void>
  /** Ends an upload its owner gave up. */
  terminate(secretHash: string): Promise<void>
  /** @throws DomainError when the upload is not READY, not the owner's, or for something else. */
  readReady(id: string, ownerId: string, purpose: UploadDocument['purpose']): Promise<UploadDocument>
  /** Keeps the upload from ending while the conversion needs it. @throws as readReady does. */
  pin(
    id: string,
    ownerId: string,
    conversionId: string,
    purpose: UploadDocument['purpose'],
  ): Promise<UploadDocument>
}

export interface UploadsDependencies {
  readonly uploadStore: UploadStore
  readonly secrets: UploadSecrets
  readonly files: ReceivedFiles
  readonly replica: number
  readonly maximumBytes: number
  readonly disk: DiskSpace
  readonly now?: () => Date
}

export function createUploads({
  uploadStore,
  secrets,
  files,
  replica,
  maximumBytes,
  disk,
  now = () => new Date(),
}: UploadsDependencies): Uploads {
  const readOwned = async (id: string, ownerId: string) => {
    const upload = await uploadStore.read(id)
    if (upload?.ownerId !== ownerId) throw new DomainError('NOT_FOUND')
    return upload
  }
  const end = async (secretHash: string, ending: Pick<UploadDocument, 'status' | 'failure'>) => {
    const upload = await uploadStore.readBySecretHash(secretHash)
    if (upload === null) return
    await uploadStore.change(upload._id, (current) => (isUnderWay(current) ? ending : null))
    await files.remove(secretHash)
  }
  return {
    readOwned,
    async create(ownerId, raw) {
      const input = readNewUpload(raw, maximumBytes)
      const document = announcedUpload(ownerId, input, { secrets, replica, at: now() })
      // One that was announced before has its answer, room or not.
      if (!(await disk.hasRoomFor(input.sizeBytes)) && (await uploadStore.read(document._id)) === null)
        throw new DomainError('STORAGE_FULL')
      const inserted = await uploadStore.insert(document)
      const upload = inserted ? document : await readOwned(document._id, ownerId)
      if (upload.inputDigest !== document.inputDigest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
      if (upload.status === 'UPLOADING' && upload.replica === replica)
        await files.create(upload.secretHash).catch(refuseForRoom)
      return upload
    },
    async startValidating(secretHash) {
      const upload = await uploadStore.readBySecretHash(secretHash)
      if (upload === null) return null
      return await uploadStore.change(upload._id, ({ status, sizeBytes }) =>
        status === 'UPLOADING' ? { status: 'VALIDATING', receivedBytes: sizeBytes } : null,
      )
    },
    reject: (secretHash, cause) => end(secretHash, { status: 'REJECTED', failure: failureOf(cause) }),
    terminate: (secretHash) => end(secretHash, { status: 'EXPIRED', failure: null }),
    async readReady(id, ownerId, purpose) {
      const upload = await readOwned(id, ownerId)
      assertReady(upload, purpose)
      return upload
    },
    async pin(id, ownerId, conversionId, purpose) {
      await readOwned(id, ownerId)
      const pinned = await uploadStore.change(id, (current) => {
        assertReady(current, purpose)
        return { pins: [...new Set([...current.pins, conversionId])] }
      })
      if (pinned === null) throw new DomainError('NOT_FOUND')
      return pinned
    },
  }
}

/** Even an empty file needs room. */
function refuseForRoom(error: unknown): never {
  throw isDiskFull(error) ? new DomainError('STORAGE_FULL', undefined, { cause: error }) : error
}

function assertReady(upload: UploadDocument, purpose: UploadDocument['purpose']): void {
  const obstacle = obstacleOf(upload)
  if (obstacle !== null) throw obstacle
  if (upload.purpose !== purpose)
    throw new DomainError('OUTPUT_NOT_POSSIBLE', `The purpose of upload ${upload._id} is not ${purpose}.`)
}

/** Why it cannot be used; null when it can. */
function obstacleOf({ status, failure }: UploadDocument): DomainError | null {
  switch (status) {
    case 'UPLOADING':
      return new DomainError('UPLOAD_INCOMPLETE')
    case 'VALIDATING':
      return new DomainError('UPLOAD_NOT_READY')
    case 'READY':
      return null
    case 'REJECTED':
      return new DomainError(
        'UPLOAD_REJECTED',
        `The upload was rejected: ${failure?.message ?? 'it cannot be converted.'}`,
      )
    case 'EXPIRED':
      return new DomainError('UPLOAD_EXPIRED')
  }
}
