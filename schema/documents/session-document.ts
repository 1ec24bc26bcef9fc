/** The stored forms of sessions and refresh tokens (collections `sessions` and `refreshTokens`, written by the auth subgraph alone). */
import * as z from 'zod'

export const sessionDocumentSchema = z.object({
  _id: z.string(),
  userId: z.string(),
  ended: z.boolean(),
  /** By auth's clock; null while it has not ended. */
  endedAt: z.date().nullable(),
  createdAt: z.date(),
  /** When it was begun or last refreshed. */
  lastUsedAt: z.date(),
  expiresAt: z.date(),
  /** What began it or refreshed it last, as it called itself; null where it did not. */
  client: z.string().max(80).nullable(),
})

export const refreshTokenDocumentSchema = z.object({
  /** SHA-256 of the token; the token itself is nowhere. */
  _id: z.string(),
  sessionId: z.string(),
  /** When it was first traded for its successor. */
  usedAt: z.date().nullable(),
  /** Random, noted with that moment: together with the token itself it makes the successor, and neither does alone. */
  successorSalt: z.string().nullable(),
  expiresAt: z.date(),
})

export type SessionDocument = z.infer<typeof sessionDocumentSchema>
export type RefreshTokenDocument = z.infer<typeof refreshTokenDocumentSchema>
