/** The events about a user that others act on. Addresses and secrets never travel in them. */
import * as z from 'zod'

export const userChangedSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('emailVerificationRequested'),
    userId: z.string().min(1),
    requestId: z.string().min(1),
  }),
  z.object({ type: z.literal('emailVerified'), userId: z.string().min(1), requestId: z.string().min(1) }),
])

export type UserChanged = z.infer<typeof userChangedSchema>
