/** How a track whose samples do not simply follow each other is to be heard. */
import * as z from 'zod'

export const timelineSchema = z.object({
  /** How many samples a channel its decoder gives, at the track's rate. */
  decodedSamples: z.int().nonnegative(),
  /**
   * By twos, as there may be thousands: from which of these samples on, and where that one is to be heard, in samples from the
   * track's first. What is in between is silence, and what would be heard a second time is left out, as is what would be heard
   * before the track begins.
   */
  runs: z.array(z.int()),
})

export type Timeline = z.infer<typeof timelineSchema>
