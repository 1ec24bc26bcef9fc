/** The stored form of a user (collection `users`, written by the auth subgraph alone). */
import * as z from 'zod'

/** A message the user's document owes to the broker; removed once it is confirmed. */
export const userOutboxEntrySchema = z.object({
  id: z.string(),
  type: z.enum(['emailVerificationRequested', 'emailVerified', 'passwordResetRequested']),
  /** Of the request that caused it: carried by the message, so that logs of every process can be followed. */
  requestId: z.string(),
})

export const userDocumentSchema = z.object({
  _id: z.string(),
  /** As typed at sign-up. */
  email: z.string(),
  /**
   * Lower-cased; unique. Of an account that claims an address another one has without proof, or has lost its own, it is
   * an id instead: no address has its form.
   */
  emailCanonical: z.string(),
  emailVerified: z.boolean(),
  passwordHash: z.string(),
  /** Of each token that sets a new password, until one does: its SHA-256, the token itself is nowhere. */
  passwordResets: z.array(z.object({ tokenHash: z.string(), expiresAt: z.date() })),
  locale: z.string(),
  outbox: z.array(userOutboxEntrySchema),
  /** Whether the outbox holds anything: what the relay looks for. */
  outboxPending: z.boolean(),
  createdAt: z.date(),
})

export type UserDocument = z.infer<typeof userDocumentSchema>
