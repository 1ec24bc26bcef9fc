/** The stored form of what an account has used on one day (collection `usage`, written by media's quotas alone). */
import * as z from 'zod'

/** What is counted for each account and day. */
export const usageCounters = ['uploadedBytes', 'audioMs', 'storedBytes'] as const

export const usageDocumentSchema = z.object({
  /** `ownerId:YYYY-MM-DD`, in UTC. */
  _id: z.string(),
  ownerId: z.string(),
  endsAt: z.date(),
  /** Of uploads that were announced. */
  uploadedBytes: z.int().nonnegative(),
  /** Of conversions that were ordered: how much audio is read for them, once for each pass. */
  audioMs: z.int().nonnegative(),
  /** Of conversions that were ordered: about how large their MP3s become. */
  storedBytes: z.int().nonnegative(),
})

export type UsageCounter = (typeof usageCounters)[number]
export type UsageDocument = z.infer<typeof usageDocumentSchema>
