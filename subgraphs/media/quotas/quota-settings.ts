/** The limits of what one account may use. Each is more than what a person converts; together they bound what a stranger costs. */
import * as z from 'zod'
import { setting } from '#runtime/process/settings.ts'
import { rateSetting } from '#runtime/throttle/rate.ts'

export const quotaSettings = {
  /** New uploads of one account, and from one block of addresses. */
  UPLOAD_ACCOUNT_RATE: rateSetting.prefault('500/h'),
  UPLOAD_ADDRESS_RATE: rateSetting.prefault('1000/h'),
  /** New conversions, likewise. */
  CONVERSION_ACCOUNT_RATE: rateSetting.prefault('500/h'),
  CONVERSION_ADDRESS_RATE: rateSetting.prefault('1000/h'),
  /** Uploads of an account that are announced and not yet validated, and their bytes. */
  MOST_UPLOADS_UNDER_WAY: setting.count.default(100),
  MOST_UPLOAD_BYTES_UNDER_WAY: setting.count.default(40 * 1024 ** 3),
  /** For so long an upload has room for all of its bytes; then for as much again as has come. */
  UPLOAD_PROMISE_SECONDS: setting.count.default(120),
  /** Conversions of an account that wait or run. */
  MOST_CONVERSIONS_UNFINISHED: setting.count.default(200),
  /** For each account and day (UTC): announced bytes; minutes of audio, once for each pass; bytes of MP3s. */
  UPLOADED_BYTES_A_DAY: setting.count.default(200 * 1024 ** 3),
  AUDIO_MINUTES_A_DAY: setting.count.default(7 * 24 * 60),
  STORED_BYTES_A_DAY: setting.count.default(20 * 1024 ** 3),
  /** Until an address is verified: for each block of addresses and day, and how many times that for each network. */
  TRIAL_AUDIO_MINUTES_A_DAY: setting.count.default(60),
  TRIAL_UPLOADED_BYTES_A_DAY: setting.count.default(40 * 1024 ** 3),
  TRIALS_PER_NETWORK: setting.count.default(10),
} as const

const schema = z.object(quotaSettings)

export type QuotaSettings = z.infer<typeof schema>
