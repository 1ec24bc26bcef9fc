/** What is announced of an upload before its bytes come. */
import * as z from 'zod'
import { uploadPurposes, type UploadDocument } from '#schema/documents/upload-document.ts'
import { fileName } from '#schema/file-names.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { mostAttachedBytes } from '#media/examine/measure-picture.ts'
import { derivedId, idempotencyKeySchema, inputDigest } from '#media/idempotency.ts'
import { inputError, parseInput } from '#runtime/graphql/parse-input.ts'
import { uploadLifetimeMs } from './received-files.ts'
import { hashSecret, type UploadSecrets } from './upload-secret.ts'

const newUploadSchema = z.object({
  filename: z.string().min(1, 'filename must have at least 1 character').transform(fileName),
  sizeBytes: z.int('sizeBytes must be a whole number').min(1, 'sizeBytes must be at least 1'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'sha256 must have 64 hexadecimal digits')
    .transform((hash) => hash.toLowerCase())
    .nullish()
    .transform((hash) => hash ?? null),
  purpose: z
    .enum(uploadPurposes, `purpose must be ${uploadPurposes.join(' or ')}`)
    .nullish()
    .transform((purpose) => purpose ?? 'SOURCE'),
  coverFrameMs: z
    .int('coverFrameMs must be a whole number of milliseconds')
    .min(0, 'coverFrameMs must not be negative')
    .nullish()
    .transform((ms) => ms ?? null),
  idempotencyKey: idempotencyKeySchema,
})

type NewUpload = z.infer<typeof newUploadSchema>

/** @throws DomainError BAD_USER_INPUT, UPLOAD_TOO_LARGE. */
export function readNewUpload(raw: unknown, maximumBytes: number): NewUpload {
  const input = parseInput(newUploadSchema, raw, 'input')
  if (input.purpose === 'COVER' && input.coverFrameMs !== null)
    throw inputError({
      field: 'input.coverFrameMs',
      message: 'A cover has no frames: coverFrameMs is for the purpose SOURCE.',
    })
  const [most, what] =
    input.purpose === 'COVER'
      ? [Math.min(mostAttachedBytes, maximumBytes), 'a cover']
      : [maximumBytes, 'an upload']
  if (input.sizeBytes > most) {
    const sizes = `The file has ${input.sizeBytes} bytes; ${what} may have up to ${most}.`
    throw new DomainError('UPLOAD_TOO_LARGE', sizes)
  }
  return input
}

interface Announcement {
  readonly secrets: UploadSecrets
  readonly replica: number
  readonly at: Date
}

/** As it stands before its first byte. */
export function announcedUpload(
  ownerId: string,
  input: NewUpload,
  { secrets, replica, at }: Announcement,
): UploadDocument {
  const id = derivedId('upload', ownerId, input.idempotencyKey)
  return {
    _id: id,
    revision: 1,
    ownerId,
    purpose: input.purpose,
    coverFrameMs: input.coverFrameMs,
    status: 'UPLOADING',
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
    blobsLetGo: false,
    pins: [],
    createdAt: at,
    expiresAt: new Date(at.getTime() + uploadLifetimeMs),
  }
}
