/** Everything the mail queue carries: the events that may owe somebody an e-mail. */
import * as z from 'zod'
import { conversionChangedSchema } from '#schema/messages/conversion-changed.ts'
import { userChangedSchema } from '#schema/messages/user-changed.ts'

export const mailEventSchema = z.union([userChangedSchema, conversionChangedSchema])

export type MailEvent = z.infer<typeof mailEventSchema>
