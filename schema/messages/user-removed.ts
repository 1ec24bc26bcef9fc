/** An account is gone for good: whoever keeps something of its user's removes it. It may come twice, and late. */
import * as z from 'zod'

export const userRemovedSchema = z.object({ type: z.literal('removed'), userId: z.string().min(1) })

export type UserRemoved = z.infer<typeof userRemovedSchema>
