/** The owner's wish to have an e-mail sent again. It names the try that was seen to fail: each is followed once. */
import * as z from 'zod'

export const resendMailSchema = z.object({
  type: z.literal('resendMail'),
  mailId: z.string().min(1),
  messageId: z.string().nullable(),
  resends: z.int().nonnegative(),
})

export type ResendMail = z.infer<typeof resendMailSchema>
