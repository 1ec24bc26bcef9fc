/** The stored intent to write a blob (collection `blobs`): recorded before the first byte, so that no byte is ever unaccounted for. */
import * as z from 'zod'

export const blobOwnerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), uploadId: z.string() }),
  z.object({ kind: z.literal('conversion'), conversionId: z.string(), attempt: z.int() }),
])

export const blobDocumentSchema = z.object({
  /** The blob's id; an output's begins with `conversionId.attempt`. */
  _id: z.string(),
  owner: blobOwnerSchema,
  /** `open`: the collector is to judge it; `kept`: a document relies on it. */
  state: z.enum(['open', 'kept']),
  createdAt: z.date(),
})

export type BlobDocument = z.infer<typeof blobDocumentSchema>
export type BlobOwner = z.infer<typeof blobOwnerSchema>
