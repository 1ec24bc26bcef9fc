/** The life of an upload: RECEIVING → CHECKING → READY, or REJECTED, or EXPIRED. */
import * as z from 'zod'
import { derivedId, inputDigest } from '#schema/documents/derived-id.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { DiskSpace } from '#runtime/disk-space.ts'
import { DomainError, failureOf } from '#runtime/domain-error.ts'
import { hashSecret, type UploadSecrets } from '#media/uploads/upload-secret.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import { uploadLifetimeMs, type ReceivedFiles } from '#media/uploads/received-files.ts'

export const newUploadSchema = z.object({
  filename: z
    .string()
    .min(1, 'filename must have 1 to 255 characters')
    .max(255, 'filename must have 1 to 255 characters')
    .refine((name) => !/\p{Cc}/u.test(name), 'filename must not have control characters'),
  sizeBytes: z.int().min(1, 'sizeBytes must be at least 1'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'sha256 must have 64 hexadecimal digits')
    .transform((hash) => hash.toLowerCase())
    .nullish()
    .transform((hash) => hash ?? null),
  idempotencyKey: z
    .string()
    .min(1, 'idempotencyKey must have 1 to 128 characters')
    .max(128, 'idempotencyKey must have 1 to 128 characters'),
})

export type NewUpload = z.infer<typeof newUploadSchema>

export interface Uploads {
  /** @throws DomainError BAD_USER_INPUT, UPLOAD_TOO_LARGE, STORAGE_FULL, IDEMPOTENCY_KEY_REUSED. */
  create(ownerId: string, input: unknown): Promise<UploadDocument>
  /** @throws DomainError NOT_FOUND for an unknown id or somebody else's. */
  readOwned(id: string, ownerId: string): Promise<UploadDocument>
  /** All bytes are on the disk. */
  startChecking(secretHash: string): Promise<UploadDocument | null>
  /** Ends an upload that cannot be converted, and removes its bytes. */
  reject(secretHash: string, cause: DomainError): Promise<void>
  /** Ends an upload its owner gave up. */
  terminate(secretHash: string): Promise<void>
  /** @throws DomainError when the upload is not READY, not the owner's, or for something else. */
  readReady(id: string, ownerId: string, purpose: UploadDocument['purpose']): Promise<UploadDocument>
  /** Makes what is kept safe from removal. @throws as readReady does. */
  pin(
    id: string,
    ownerId: string,
    conversionId: string,
    purpose: UploadDocument['purpose'],
  ): Promise<UploadDocument>
}

export interface UploadsDependencies {
  readonly store: UploadStore
  readonly secrets: UploadSecrets
  readonly files: ReceivedFiles
  readonly replica: number
  readonly maximumBytes: number
  readonly disk: DiskSpace
  readonly now?: () => Date
}

export function createUploads({
  store,
  secrets,
  files,
  replica,
  maximumBytes,
  disk,
  now = () => new Date(),
}: UploadsDependencies): Uploads {
  const readOwned = async (id: string, ownerId: string) => {
    const upload = await store.read(id)
    if (upload?.ownerId !== ownerId) throw new DomainError('NOT_FOUND')
    return upload
  }
  const end = async (secretHash: string, ending: Pick<UploadDocument, 'status' | 'failure'>) => {
    const upload = await store.readBySecretHash(secretHash)
    if (upload === null) return
    await store.change(upload._id, ({ status }) =>
      status === 'RECEIVING' || status === 'CHECKING' ? ending : null,
    )
    await files.remove(secretHash)
  }
  return {
    readOwned,
    async create(ownerId, raw) {
      const input = parseInput(newUploadSchema, raw)
      if (input.sizeBytes > maximumBytes) {
        throw new DomainError(
          'UPLOAD_TOO_LARGE',
          `The file has ${input.sizeBytes} bytes; an upload may have up to ${maximumBytes}.`,
        )
      }
      const document = announced(ownerId, input, secrets, replica, now())
      // One that was announced before has its answer, room or not.
      if (!(await disk.hasRoomFor(input.sizeBytes)) && (await store.read(document._id)) === null)
        throw new DomainError('STORAGE_FULL')
      const inserted = await store.insert(document)
      const upload = inserted ? document : await readOwned(document._id, ownerId)
      if (upload.inputDigest !== document.inputDigest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
      if (upload.status === 'RECEIVING' && upload.replica === replica)
        await files.create(upload.secretHash, upload.sizeBytes)
      return upload
    },
    async startChecking(secretHash) {
      const upload = await store.readBySecretHash(secretHash)
      if (upload === null) return null
      return await store.change(upload._id, ({ status, sizeBytes }) =>
        status === 'RECEIVING' ? { status: 'CHECKING', receivedBytes: sizeBytes } : null,
      )
    },
    reject: (secretHash, cause) => end(secretHash, { status: 'REJECTED', failure: failureOf(cause) }),
    terminate: (secretHash) => end(secretHash, { status: 'EXPIRED', failure: null }),
    async readReady(id, ownerId, purpose) {
      const upload = await readOwned(id, ownerId)
      checkReady(upload, purpose)
      return upload
    },
    async pin(id, ownerId, conversionId, purpose) {
      await readOwned(id, ownerId)
      const pinned = await store.change(id, (current) => {
        checkReady(current, purpose)
        return { pins: [...new Set([...current.pins, conversionId])] }
      })
      if (pinned === null) throw new DomainError('NOT_FOUND')
      return pinned
    },
  }
}

/** @throws DomainError BAD_USER_INPUT with the first thing that is wrong. */
export function parseInput<T>(schema: z.ZodType<T>, raw: unknown): T {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new DomainError('BAD_USER_INPUT', issue && `${capitalise(issue.message)}.`)
}

const capitalise = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)

function checkReady(upload: UploadDocument, purpose: UploadDocument['purpose']): void {
  if (upload.status !== 'READY') throw notReady(upload)
  if (upload.purpose !== purpose)
    throw new DomainError('OUTPUT_NOT_POSSIBLE', `The purpose of upload ${upload._id} is not ${purpose}.`)
}

function notReady(upload: UploadDocument): DomainError {
  switch (upload.status) {
    case 'RECEIVING':
      return new DomainError('UPLOAD_INCOMPLETE')
    case 'CHECKING':
      return new DomainError('UPLOAD_NOT_READY')
    case 'REJECTED':
      return new DomainError(
        'UPLOAD_REJECTED',
        `The upload was rejected: ${upload.failure?.message ?? 'it cannot be converted.'}`,
      )
    default:
      return new DomainError('UPLOAD_EXPIRED')
  }
}

function announced(
  ownerId: string,
  input: NewUpload,
  secrets: UploadSecrets,
  replica: number,
  at: Date,
): UploadDocument {
  const id = derivedId('upload', ownerId, input.idempotencyKey)
  return {
    _id: id,
    revision: 1,
    ownerId,
    purpose: 'SOURCE',
    coverFrameMs: null,
    status: 'RECEIVING',
    filename: input.filename,
    sizeBytes: input.sizeBytes,
    sha256: input.sha256,
    inputDigest: inputDigest(input),
    secretHash: hashSecret(secrets.secretOf(id)),
    replica,
    receivedBytes: 0,
    verifiedBy: [],
    media: null,
    failure: null,
    blobId: null,
    stored: null,
    picture: null,
    pins: [],
    createdAt: at,
    expiresAt: new Date(at.getTime() + uploadLifetimeMs),
  }
}
