/** The event after a conversion's transition. It may come twice or not at all; the document is the truth. */
import * as z from 'zod'
import { conversionEventTypes, conversionStatuses } from '#schema/documents/conversion-document.ts'

export const conversionChangedSchema = z.object({
  conversionId: z.string().min(1),
  ownerId: z.string().min(1),
  uploadId: z.string().min(1),
  sequence: z.int().positive(),
  type: z.enum(conversionEventTypes),
  status: z.enum(conversionStatuses),
  at: z.iso.datetime(),
})

export type ConversionChanged = z.infer<typeof conversionChangedSchema>
