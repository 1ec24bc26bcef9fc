/** What may become of an e-mail: the pure core that keeps one from being sent twice. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { isResendable } from '#ledger/conversion-mail.ts'
import { become, refuse, type Decision } from '#runtime/mongo/change-document.ts'
import type { MailReport, SendOutcome } from '#mailer/transport/mail-transport.ts'

export type MailCommand =
  /** The address is not verified: the mail waits until it is. */
  | { readonly type: 'hold' }
  /** The body is about to be sent under this Message-ID. */
  | { readonly type: 'begin'; readonly messageId: string }
  /** The transport has answered; `messageId` is null where the body was never begun. */
  | {
      readonly type: 'conclude'
      readonly messageId: string | null
      readonly outcome: SendOutcome
      readonly at: Date
    }
  /** The try under this Message-ID was not concluded for longer than tries last. */
  | { readonly type: 'abandon'; readonly messageId: string }
  /** The provider tells later, perhaps often and in any order, what became of the try under this Message-ID. */
  | { readonly type: 'report'; readonly messageId: string; readonly report: MailReport }
  /** Its owner asks for it to be sent again, having seen this try fail. */
  | { readonly type: 'resend'; readonly messageId: string | null; readonly resends: number }

/** OUTDATED: the mail has moved on, and the command no longer means anything. */
export type MailDecision = Decision<MailDocument, 'OUTDATED'>

const outdated = refuse('OUTDATED')
/** It shows the command's effect: that was carried out before, and the reply was lost. */
const unchanged = (mail: MailDocument) => become(mail)

/** Whether a mail in this state is still to be sent. */
export const isOpen = ({ state }: MailDocument) => state === 'PENDING' || state === 'AWAITING_VERIFICATION'

/**
 * A body is sent only after `begin`, and `begin` holds only in an open state. An open state is entered again only by
 * `conclude` with a refusal of that very Message-ID, or by its owner's request: so of all bodies sent, at most one for
 * each request was not certainly refused.
 */
export function transition(mail: MailDocument, command: MailCommand): MailDecision {
  switch (command.type) {
    case 'hold':
      if (mail.state === 'AWAITING_VERIFICATION') return unchanged(mail)
      return mail.state === 'PENDING' ? become({ ...mail, state: 'AWAITING_VERIFICATION' }) : outdated
    case 'begin':
      if (mail.state === 'SENDING' && mail.messageId === command.messageId) return unchanged(mail)
      return isOpen(mail) ? become({ ...mail, state: 'SENDING', messageId: command.messageId }) : outdated
    case 'abandon':
      if (mail.messageId !== command.messageId || mail.state !== 'SENDING') return outdated
      return become({ ...mail, state: 'UNCONFIRMED', reason: 'The mailer was interrupted while sending.' })
    case 'conclude':
      return command.messageId === null
        ? concludeUnbegun(mail, command.outcome)
        : concludeBegun(mail, command.messageId, command)
    case 'report':
      return mail.messageId === command.messageId ? report(mail, command.report) : outdated
    case 'resend':
      if (mail.resends === command.resends + 1) return unchanged(mail)
      if (mail.resends !== command.resends || mail.messageId !== command.messageId) return outdated
      return isResendable(mail) ? become(reopened(mail)) : outdated
  }
}

function concludeUnbegun(mail: MailDocument, outcome: SendOutcome): MailDecision {
  if (!isOpen(mail)) return outdated
  // Without a body there is nothing that could have been accepted.
  if (outcome.type !== 'refused') return outdated
  return become(outcome.permanent ? refused(mail, outcome.reason) : putOff(mail, mail.state, outcome.reason))
}

function concludeBegun(
  mail: MailDocument,
  messageId: string,
  { outcome, at }: { outcome: SendOutcome; at: Date },
): MailDecision {
  if (mail.messageId !== messageId) return outdated
  // Whoever sent the body knows better than whoever gave the try up.
  if (mail.state !== 'SENDING' && mail.state !== 'UNCONFIRMED') return unchanged(mail)
  switch (outcome.type) {
    case 'accepted':
      return become({ ...mail, state: 'SENT', reason: null, sentAt: at })
    case 'refused':
      return outcome.permanent
        ? become(refused(mail, outcome.reason))
        : become(putOff({ ...mail, messageId: null }, 'PENDING', outcome.reason))
    case 'ambiguous':
      return mail.state === 'UNCONFIRMED'
        ? unchanged(mail)
        : become({ ...mail, state: 'UNCONFIRMED', reason: outcome.reason })
  }
}

const refused = (mail: MailDocument, reason: string): MailDocument => ({ ...mail, state: 'REFUSED', reason })

const putOff = (mail: MailDocument, state: MailDocument['state'], reason: string): MailDocument => ({
  ...mail,
  state,
  reason,
  tries: mail.tries + 1,
})

/** Only ever forward, so that it does not matter how often and in which order reports come. */
function report(mail: MailDocument, said: MailReport): MailDecision {
  const isUnfinished = mail.state === 'SENDING' || mail.state === 'UNCONFIRMED'
  if (!isUnfinished && mail.state !== 'SENT') return unchanged(mail)
  switch (said.fate) {
    case 'accepted':
      return isUnfinished
        ? become({ ...mail, state: 'SENT', reason: null, sentAt: said.at })
        : unchanged(mail)
    case 'dropped':
      return become({ ...mail, state: 'REFUSED', reason: said.reason, sentAt: null })
    case 'bounced':
      return become({ ...mail, state: 'BOUNCED', reason: said.reason })
  }
}

const reopened = (mail: MailDocument): MailDocument => ({
  ...mail,
  state: 'PENDING',
  messageId: null,
  reason: null,
  sentAt: null,
  tries: 0,
  resends: mail.resends + 1,
})
