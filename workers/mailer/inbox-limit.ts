/** How many mails about accounts one inbox gets, whatever asks for them: anybody can give anybody's address. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Rate } from '#runtime/throttle/rate.ts'
import type { CreateThrottle } from '#runtime/throttle/throttles.ts'

/** Counts a mail to an address that its account has proven or not; resolves to whether it may be sent. */
export type CountForInbox = (address: string, isProven: boolean) => Promise<boolean>

export interface InboxRates {
  readonly INBOX_HOURLY_RATE: Rate
  readonly INBOX_DAILY_RATE: Rate
}

/** A conversion's mails are owed, and limited by nothing. */
export const isAboutAccount = ({ kind }: Pick<MailDocument, 'kind'>): boolean =>
  kind === 'emailVerification' || kind === 'passwordReset'

/**
 * Strangers can sign up with more addresses of an inbox. Their mails leave one, so that its owner, who has proven one of them,
 * gets the link to a new password.
 */
export function createInboxLimit(throttle: CreateThrottle, rates: InboxRates): CountForInbox {
  const limitsOfAll = [
    throttle('inbox-hourly', rates.INBOX_HOURLY_RATE),
    throttle('inbox-daily', rates.INBOX_DAILY_RATE),
  ]
  const limitsOfUnproven = [
    throttle('inbox-hourly-unproven', allButOne(rates.INBOX_HOURLY_RATE)),
    throttle('inbox-daily-unproven', allButOne(rates.INBOX_DAILY_RATE)),
  ]
  return async (address, isProven) => {
    try {
      for (const limit of isProven ? limitsOfAll : [...limitsOfUnproven, ...limitsOfAll])
        await limit.take(inboxOf(address))
      return true
    } catch (error) {
      if (error instanceof DomainError) return false
      throw error
    }
  }
}

const allButOne = ({ count, windowMs }: Rate): Rate => ({ count: Math.max(1, count - 1), windowMs })

/** Where mail to an address ends up: `ann+news@…` is `ann@…`, and Gmail leaves dots out. */
export function inboxOf(address: string): string {
  const plain = address.trim().normalize('NFKC').toLowerCase()
  const at = plain.lastIndexOf('@')
  const domain = plain.slice(at + 1).replace(/^googlemail\.com$/, 'gmail.com')
  const name = plain.slice(0, at).replace(/(?!^)\+.*$/, '')
  return `${domain === 'gmail.com' ? name.replaceAll('.', '') : name}@${domain}`
}
