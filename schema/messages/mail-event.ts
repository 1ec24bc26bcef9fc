/** Everything the mail queue carries: the events that may owe somebody an e-mail or end what is owed, and the wish to have one again. */
import * as z from 'zod'
import { conversionChangedSchema } from './conversion-changed.ts'
import { resendMailSchema } from './resend-mail.ts'
import { userChangedSchema } from './user-changed.ts'
import { userRemovedSchema } from './user-removed.ts'

export const mailEventSchema = z.union([
  userChangedSchema,
  userRemovedSchema,
  conversionChangedSchema,
  resendMailSchema,
])

export type MailEvent = z.infer<typeof mailEventSchema>
