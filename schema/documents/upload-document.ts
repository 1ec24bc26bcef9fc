/** The stored form of an upload (collection `uploads`, written by media's uploads alone). */
import * as z from 'zod'
import { failureSchema } from './failure.ts'
import { pictureSchema, sourceMediaSchema } from './source-media.ts'

export const uploadStatuses = ['UPLOADING', 'VALIDATING', 'READY', 'REJECTED', 'EXPIRED'] as const

/** What an upload is for: to be converted, or to be the cover of MP3s. */
export const uploadPurposes = ['SOURCE', 'COVER'] as const

/** A picture in the blob store. */
export const storedPictureSchema = pictureSchema.extend({
  blobId: z.string(),
  sizeBytes: z.int().positive(),
})

export const uploadDocumentSchema = z.object({
  _id: z.string(),
  /** Raised by each state change; a replacement holds only at the revision it was decided on. */
  revision: z.int().positive(),
  ownerId: z.string(),
  purpose: z.enum(uploadPurposes),
  status: z.enum(uploadStatuses),
  filename: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** The declared SHA-256 in lower-case hexadecimal. */
  sha256: z.string().nullable(),
  /** The moment of the video whose frame is to be the cover, in milliseconds. */
  coverFrameMs: z.int().nonnegative().nullable(),
  inputDigest: z.string(),
  /** SHA-256 of the URL's secret. */
  secretHash: z.string(),
  /** The media replica whose disk holds the bytes in flight. */
  replica: z.int().nonnegative(),
  receivedBytes: z.int().nonnegative(),
  verifiedBy: z.array(z.enum(['SIZE', 'SHA256'])),
  media: sourceMediaSchema.nullable(),
  failure: failureSchema.nullable(),
  /** Where the source is kept once READY. */
  blobId: z.string().nullable(),
  /** What is kept there: all that came, or its audio tracks alone, in their order. */
  stored: z
    .object({
      form: z.enum(['WHOLE', 'EXTRACTED']),
      sizeBytes: z.int().positive(),
      /** By ffmpeg's name of its demuxer. */
      container: z.string(),
    })
    .nullable(),
  /** The cover for its MP3s: attached to the file, or the frame that was asked for; of a COVER upload, what came. */
  picture: storedPictureSchema.nullable(),
  /** Whether the collector was told, after the end, that nobody needs any of it. */
  blobsLetGo: z.boolean(),
  /** The unsettled (or lately failed) conversions that need the source. */
  pins: z.array(z.string()),
  createdAt: z.date(),
  expiresAt: z.date(),
})

export type StoredPicture = z.infer<typeof storedPictureSchema>
export type UploadDocument = z.infer<typeof uploadDocumentSchema>
