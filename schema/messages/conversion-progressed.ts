/** How far a running attempt is; transient, newest wins. */
import * as z from 'zod'
import { progressSchema } from '#schema/documents/conversion-document.ts'

export const conversionProgressedSchema = z.object({
  conversionId: z.string().min(1),
  attempt: z.int().positive(),
  /** The sequence of the conversion's last state change. */
  sequence: z.int().positive(),
  progress: progressSchema,
  at: z.iso.datetime(),
})

export type ConversionProgressed = z.infer<typeof conversionProgressedSchema>
