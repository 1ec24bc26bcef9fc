/** The stored form of an e-mail (collection `mails`, written by the mailer alone). */
import * as z from 'zod'

export const mailKinds = [
  'conversionSucceeded',
  'conversionFailed',
  'emailVerification',
  'passwordReset',
] as const
export const mailStates = [
  'PENDING',
  'AWAITING_VERIFICATION',
  'SENDING',
  'SENT',
  'REFUSED',
  'BOUNCED',
  'UNCONFIRMED',
] as const

export const mailDocumentSchema = z.object({
  /** `conversionId:kind`, or `eventId:kind` of a mail about an account. */
  _id: z.string(),
  kind: z.enum(mailKinds),
  userId: z.string(),
  conversionId: z.string().nullable(),
  /** Of what asked for it, where that was traced (W3C Trace Context). */
  traceparent: z.string().nullable(),
  state: z.enum(mailStates),
  /** Ours, random, written just before the body is sent: by it an ambiguous send can be looked up. */
  messageId: z.string().nullable(),
  /** What the mail server said last, where it refused the mail or returned it; why it is not known, where it is not. */
  reason: z.string().nullable(),
  /** How often a mail server has put it off. */
  tries: z.int().nonnegative(),
  /** How often its owner has had it sent again. */
  resends: z.int().nonnegative(),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
})

export type MailDocument = z.infer<typeof mailDocumentSchema>
