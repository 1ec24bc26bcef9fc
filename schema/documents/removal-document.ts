/**
 * The stored intent to remove an account (collection `removals`, written by the auth subgraph alone): recorded before the
 * account goes, so that what it leaves with others is never forgotten.
 */
import * as z from 'zod'

/**
 * Why an account is removed, and under which condition: nobody has proven its address for long, somebody else has, its user
 * wishes it, or it is a guest that has not come back.
 */
export const removalCauses = ['UNPROVEN', 'BEGUN_ANEW', 'WISHED', 'GUEST_OVER'] as const

export const removalDocumentSchema = z.object({
  /** `userId:cause`: who finds that one cause no longer holds takes nothing away from another. */
  _id: z.string(),
  userId: z.string(),
  cause: z.enum(removalCauses),
  /** By then a guest must have been over. */
  createdAt: z.date(),
  /** When others were told first; null until they were. */
  toldAt: z.date().nullable(),
})

export type RemovalCause = (typeof removalCauses)[number]
export type RemovalDocument = z.infer<typeof removalDocumentSchema>
