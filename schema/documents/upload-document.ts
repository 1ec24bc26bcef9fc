/** The stored form of an upload (collection `uploads`, written by media's uploads alone). */
import * as z from 'zod'
import { failureSchema } from '#schema/documents/failure.ts'
import { sourceMediaSchema } from '#schema/documents/source-media.ts'

export const uploadStatuses = ['RECEIVING', 'CHECKING', 'READY', 'REJECTED', 'EXPIRED'] as const

export const uploadDocumentSchema = z.object({
  _id: z.string(),
  /** Raised by each state change; a replacement holds only at the revision it was decided on. */
  revision: z.int().positive(),
  ownerId: z.string(),
  status: z.enum(uploadStatuses),
  filename: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** The declared SHA-256 in lower-case hexadecimal. */
  sha256: z.string().nullable(),
  inputDigest: z.string(),
  /** SHA-256 of the URL's secret. */
  secretHash: z.string(),
  /** The media replica whose disk holds the bytes in flight. */
  replica: z.int().nonnegative(),
  receivedBytes: z.int().nonnegative(),
  verifiedBy: z.array(z.enum(['SIZE', 'SHA256'])),
  media: sourceMediaSchema.nullable(),
  failure: failureSchema.nullable(),
  /** Where the source is kept once READY; null again when it is gone. */
  blobId: z.string().nullable(),
  /** The unsettled (or lately failed) conversions that need the source. */
  pins: z.array(z.string()),
  createdAt: z.date(),
  expiresAt: z.date(),
})

export type UploadDocument = z.infer<typeof uploadDocumentSchema>
