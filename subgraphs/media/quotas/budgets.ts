/**
 * What is counted for an order, each within limits of its own: what the account uses, and, until its address is verified,
 * the trial of the addresses around it. Accounts cost nothing, so a trial that each had would be none.
 */
import { createHash } from 'node:crypto'
import type { UsageCounter } from '#schema/documents/usage-document.ts'
import type { UsageLimitName } from '#schema/generated/media-resolvers.ts'
import { addressBlock } from '#runtime/network/address-block.ts'
import type { Account } from './account.ts'
import type { QuotaSettings } from './quota-settings.ts'
import type { Amounts, UsageDay } from './usage-store.ts'

export interface Budget {
  readonly day: UsageDay
  readonly limits: Amounts
  /** Of those that are limited here. */
  readonly names: Readonly<Partial<Record<UsageCounter, UsageLimitName>>>
  readonly advice: string
}

const accountNames = {
  uploadedBytes: 'UPLOADED_BYTES_A_DAY',
  audioMs: 'AUDIO_MS_A_DAY',
  storedBytes: 'STORED_BYTES_A_DAY',
} as const

const trialNames = { uploadedBytes: 'TRIAL_UPLOADED_BYTES_A_DAY', audioMs: 'TRIAL_AUDIO_MS_A_DAY' } as const

const minuteMs = 60_000
const dayMs = 86_400_000

const accountAdvice = 'It begins anew at midnight UTC.'
const shared = 'until then all at your internet address share a trial, which begins anew at midnight UTC.'
const accountTrialAdvice = `Verify your e-mail address and refresh the session for more: ${shared}`
const guestTrialAdvice = `Sign up and verify your e-mail address for more: ${shared}`

export function budgetsOf(account: Account, settings: QuotaSettings, now: Date): readonly Budget[] {
  const ofAccount: Budget = {
    day: dayOf(account.userId, now),
    limits: {
      uploadedBytes: settings.UPLOADED_BYTES_A_DAY,
      audioMs: settings.AUDIO_MINUTES_A_DAY * minuteMs,
      storedBytes: settings.STORED_BYTES_A_DAY,
    },
    names: accountNames,
    advice: accountAdvice,
  }
  return account.emailVerified ? [ofAccount] : [ofAccount, ...trialsOf(account, settings, now)]
}

/** One for the block of addresses that a subscriber has, and so many for what is rented at once. */
function trialsOf({ userId, clientAddress, isGuest }: Account, settings: QuotaSettings, now: Date): Budget[] {
  const trial = (key: string, times: number): Budget => ({
    day: dayOf(`trial:${createHash('sha256').update(key).digest('base64url')}`, now),
    limits: {
      uploadedBytes: settings.TRIAL_UPLOADED_BYTES_A_DAY * times,
      audioMs: settings.TRIAL_AUDIO_MINUTES_A_DAY * minuteMs * times,
      // As much as this audio comes to.
      storedBytes: Number.MAX_SAFE_INTEGER,
    },
    names: trialNames,
    advice: isGuest ? guestTrialAdvice : accountTrialAdvice,
  })
  if (clientAddress === null) return [trial(`account ${userId}`, 1)]
  return [
    trial(`host ${addressBlock(clientAddress)}`, 1),
    trial(`network ${addressBlock(clientAddress, 'network')}`, settings.TRIALS_PER_NETWORK),
  ]
}

function dayOf(ownerId: string, now: Date): UsageDay {
  const day = now.toISOString().slice(0, 10)
  return { _id: `${ownerId}:${day}`, ownerId, endsAt: new Date(Date.parse(day) + dayMs) }
}
