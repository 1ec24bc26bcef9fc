/** A user whose account is gone and whose things are being removed (collection `removedUsers`, written by the media subgraph alone). */
import * as z from 'zod'

export const removedUserDocumentSchema = z.object({
  /** The user's id. */
  _id: z.string(),
  /** By media's clock. */
  heardAt: z.date(),
})

export type RemovedUserDocument = z.infer<typeof removedUserDocumentSchema>
