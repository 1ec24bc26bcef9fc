/** The stored form of an upload (collection `uploads`, written by media's uploads alone). */
import * as z from 'zod'
import { failureSchema } from './failure.ts'
import { pictureSchema, sourceMediaSchema } from './source-media.ts'
import { sourceReadings } from './source-reading.ts'

/** What an upload is for: to be converted, or to be the cover of MP3s. */
export const uploadPurposes = ['SOURCE', 'COVER'] as const

/** A picture in the blob store. */
export const storedPictureSchema = pictureSchema.extend({
  blobId: z.string(),
  sizeBytes: z.int().positive(),
})

/** What every upload has, whatever its status. */
const uploadBaseSchema = z.object({
  _id: z.string(),
  /** Raised by each state change; a replacement holds only at the revision it was decided on. */
  revision: z.int().positive(),
  ownerId: z.string(),
  purpose: z.enum(uploadPurposes),
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
  createdAt: z.date(),
  expiresAt: z.date(),
})

/** What only some statuses have; each status names what it has of it. */
const nothing = {
  verifiedBy: z.tuple([]),
  media: z.null(),
  failure: z.null(),
  blobId: z.null(),
  stored: z.null(),
  picture: z.null(),
  blobsLetGo: z.literal(false),
  pins: z.tuple([]),
}

const verifiedBySchema = z.array(z.enum(['SIZE', 'SHA256']))

/** What is stored of a source: all that came, or its audio tracks alone, in their order. */
const storedSourceSchema = z.object({
  form: z.enum(['WHOLE', 'EXTRACTED']),
  sizeBytes: z.int().positive(),
  /** By ffmpeg's name of its demuxer. */
  container: z.string(),
  reading: z.enum(sourceReadings),
})

const readySchema = uploadBaseSchema.extend({
  ...nothing,
  status: z.literal('READY'),
  verifiedBy: verifiedBySchema,
  /** The unfinished (or lately failed) conversions that need it. */
  pins: z.array(z.string()),
})

export const uploadDocumentSchema = z.discriminatedUnion('status', [
  uploadBaseSchema.extend({ ...nothing, status: z.literal('UPLOADING') }),
  uploadBaseSchema.extend({ ...nothing, status: z.literal('VALIDATING') }),
  z.discriminatedUnion('purpose', [
    readySchema.extend({
      purpose: z.literal('SOURCE'),
      media: sourceMediaSchema,
      blobId: z.string(),
      stored: storedSourceSchema,
      /** The cover for its MP3s: attached to the file, or the frame that was asked for. */
      picture: storedPictureSchema.nullable(),
    }),
    readySchema.extend({ purpose: z.literal('COVER'), picture: storedPictureSchema }),
  ]),
  uploadBaseSchema.extend({ ...nothing, status: z.literal('REJECTED'), failure: failureSchema }),
  /** Keeps what it had, if it came so far. */
  uploadBaseSchema.extend({
    ...nothing,
    status: z.literal('EXPIRED'),
    verifiedBy: verifiedBySchema,
    media: sourceMediaSchema.nullable(),
    blobId: z.string().nullable(),
    stored: storedSourceSchema.nullable(),
    picture: storedPictureSchema.nullable(),
    /** Whether the collector was told that nobody needs its blobs. */
    blobsLetGo: z.boolean(),
  }),
])

export type StoredPicture = z.infer<typeof storedPictureSchema>
export type UploadDocument = z.infer<typeof uploadDocumentSchema>
export type UploadPurpose = UploadDocument['purpose']
export type ReadyUpload<P extends UploadPurpose = UploadPurpose> = Extract<
  UploadDocument,
  { status: 'READY'; purpose: P }
>
export type UploadIn<S extends UploadDocument['status']> = Extract<UploadDocument, { status: S }>
