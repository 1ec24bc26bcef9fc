/** The events about a user that others act on. Addresses and secrets never travel in them. */
import * as z from 'zod'

const about = {
  userId: z.string().min(1),
  /** The same however often the event is delivered. */
  eventId: z.string().min(1),
}

export const userChangedSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('emailVerificationRequested'), ...about }),
  z.object({ type: z.literal('emailVerified'), ...about }),
  z.object({ type: z.literal('passwordResetRequested'), ...about }),
])

export type UserChanged = z.infer<typeof userChangedSchema>
