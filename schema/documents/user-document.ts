/** The stored form of a user (collection `users`, written by the auth subgraph alone). */
import * as z from 'zod'

/** A message the user's document owes to the broker; removed once it is confirmed. */
export const userOutboxEntrySchema = z.object({
  id: z.string(),
  type: z.enum(['emailVerificationRequested', 'emailVerified', 'passwordResetRequested']),
  /** Of the request that caused it: carried by the message, so that logs of every process can be followed. */
  requestId: z.string(),
})

/** What every user has, with an account or without. */
const userBaseSchema = z.object({
  _id: z.string(),
  /**
   * Lower-cased; unique. Of an account that claims an address another one has without proof, or has lost its own, and of a
   * guest, it is an id instead: no address has its form.
   */
  emailCanonical: z.string(),
  /** Of each token that sets a new password, until one does: its SHA-256, the token itself is nowhere. */
  passwordResets: z.array(z.object({ tokenHash: z.string(), expiresAt: z.date() })),
  locale: z.string(),
  outbox: z.array(userOutboxEntrySchema),
  /** Whether the outbox holds anything: what the relay looks for. */
  outboxPending: z.boolean(),
  /** When the account was made; of a guest, when it came. */
  createdAt: z.date(),
})

export const accountDocumentSchema = userBaseSchema.extend({
  /** As typed at sign-up. */
  email: z.string(),
  emailVerified: z.boolean(),
  passwordHash: z.string(),
  guestUntil: z.null(),
})

/** Who has a session and no account: neither address nor password. */
export const guestDocumentSchema = userBaseSchema.extend({
  email: z.null(),
  emailVerified: z.literal(false),
  passwordHash: z.null(),
  /** When the guest is removed, unless it comes back or signs up before. */
  guestUntil: z.date(),
})

export const userDocumentSchema = z.union([accountDocumentSchema, guestDocumentSchema])

export type AccountDocument = z.infer<typeof accountDocumentSchema>
export type GuestDocument = z.infer<typeof guestDocumentSchema>
export type UserDocument = AccountDocument | GuestDocument
