/** How many mails about accounts one inbox gets, whatever asks for them: anybody can give anybody's address. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Rate } from '#runtime/throttle/rate.ts'
import type { CreateThrottle } from '#runtime/throttle/throttles.ts'

/** Counts a mail; resolves to whether it may be sent. */
export type CountForInbox = (address: string) => Promise<boolean>

export interface InboxRates {
  readonly INBOX_HOURLY_RATE: Rate
  readonly INBOX_DAILY_RATE: Rate
}

/** A conversion's mails are owed, and limited by nothing. */
export const isAboutAccount = ({ kind }: Pick<MailDocument, 'kind'>): boolean =>
  kind === 'emailVerification' || kind === 'passwordReset'

export function createInboxLimit(throttle: CreateThrottle, rates: InboxRates): CountForInbox {
  const limits = [
    throttle('inbox-hourly', rates.INBOX_HOURLY_RATE),
    throttle('inbox-daily', rates.INBOX_DAILY_RATE),
  ]
  return async (address) => {
    try {
      for (const limit of limits) await limit.take(inboxOf(address))
      return true
    } catch (error) {
      if (error instanceof DomainError) return false
      throw error
    }
  }
}

/** Where mail to an address ends up: `ann+news@…` is `ann@…`, and Gmail leaves dots out. */
export function inboxOf(address: string): string {
  const plain = address.trim().normalize('NFKC').toLowerCase()
  const at = plain.lastIndexOf('@')
  const domain = plain.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com')
  const name = plain.slice(0, at).replace(/(?!^)\+.*$/, '')
  return `${domain === 'gmail.com' ? name.replaceAll('.', '') : name}@${domain}`
}
