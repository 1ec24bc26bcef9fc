/**
 * The stored intent to remove an account (collection `removals`, written by the auth subgraph alone): recorded before the
 * account goes, so that what it leaves with others is never forgotten.
 */
import * as z from 'zod'

export const removalDocumentSchema = z.object({
  /** The user's id. */
  _id: z.string(),
  createdAt: z.date(),
})

export type RemovalDocument = z.infer<typeof removalDocumentSchema>
