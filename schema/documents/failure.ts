/** Why an upload was rejected or a conversion failed, as stored and as shown. */
import * as z from 'zod'
import { errorCodeNames } from '#schema/errors/error-codes.ts'

export const failureSchema = z.object({
  code: z.enum(errorCodeNames),
  message: z.string(),
  retryable: z.boolean(),
})

export type Failure = z.infer<typeof failureSchema>
