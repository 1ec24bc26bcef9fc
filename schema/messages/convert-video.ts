/** The command that wakes a converter; the conversion's document is what it works from. */
import * as z from 'zod'

export const convertVideoSchema = z.object({
  conversionId: z.string().min(1),
  /** The attempt count at which the document was QUEUED; anything else makes this command stale. */
  attempt: z.int().nonnegative(),
})

export type ConvertVideo = z.infer<typeof convertVideoSchema>
