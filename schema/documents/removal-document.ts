/**
 * The stored intent to remove an account (collection `removals`, written by the auth subgraph alone): recorded before the
 * account goes, so that what it leaves with others is never forgotten.
 */
import * as z from 'zod'

/** Why an account is removed, and under which condition: nobody has proven its address, or its user wishes it. */
export const removalCauses = ['UNPROVEN', 'WISHED'] as const

export const removalDocumentSchema = z.object({
  /** `userId:cause`: who finds that one cause no longer holds takes nothing away from another. */
  _id: z.string(),
  userId: z.string(),
  cause: z.enum(removalCauses),
  createdAt: z.date(),
  /** When others were told first; null until they were. */
  toldAt: z.date().nullable(),
})

export type RemovalCause = (typeof removalCauses)[number]
export type RemovalDocument = z.infer<typeof removalDocumentSchema>
