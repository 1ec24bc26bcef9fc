/** What may become of an e-mail: the pure core that keeps one from being sent twice. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { isResendable } from '#ledger/conversion-mail.ts'
import type { MailReport, SendOutcome } from '#mailer/transport/mail-transport.ts'

export type MailCommand =
  /** The address is not verified: the mail waits until it is. */
  | { readonly type: 'hold' }
  /** The body is about to be sent under this Message-ID. */
  | { readonly type: 'begin'; readonly messageId: string }
  /** The transport has answered; `messageId` is null where the body was never begun. */
  | {
      readonly type: 'settle'
      readonly messageId: string | null
      readonly outcome: SendOutcome
      readonly at: Date
    }
  /** Nobody has settled the try under this Message-ID for longer than tries last. */
  | { readonly type: 'abandon'; readonly messageId: string }
  /** The provider tells later, perhaps often and in any order, what became of the try under this Message-ID. */
  | { readonly type: 'report'; readonly messageId: string; readonly report: MailReport }
  /** Its owner wants it again, having seen this try fail. */
  | { readonly type: 'resend'; readonly messageId: string | null; readonly resends: number }

export type MailVerdict =
  | { readonly type: 'replace'; readonly document: MailDocument }
  /** The document shows the command's effect: it was carried out before, and the reply was lost. */
  | { readonly type: 'done' }
  /** The document is elsewhere; the command no longer means anything. */
  | { readonly type: 'stale' }

const done: MailVerdict = { type: 'done' }
const stale: MailVerdict = { type: 'stale' }
const replace = (document: MailDocument): MailVerdict => ({ type: 'replace', document })

/** Whether a mail in this state is still to be sent. */
export const isOpen = ({ state }: MailDocument) => state === 'PENDING' || state === 'AWAITING_VERIFICATION'

/**
 * A body is sent only after `begin`, and `begin` holds only in an open state. An open state is entered again only by
 * `settle` with a refusal of that very Message-ID, or by its owner's wish: so of all bodies sent, at most one for each
 * wish was not certainly refused.
 */
export function transition(mail: MailDocument, command: MailCommand): MailVerdict {
  switch (command.type) {
    case 'hold':
      if (mail.state === 'AWAITING_VERIFICATION') return done
      return mail.state === 'PENDING' ? replace({ ...mail, state: 'AWAITING_VERIFICATION' }) : stale
    case 'begin':
      if (mail.state === 'SENDING' && mail.messageId === command.messageId) return done
      return isOpen(mail) ? replace({ ...mail, state: 'SENDING', messageId: command.messageId }) : stale
    case 'abandon':
      if (mail.messageId !== command.messageId || mail.state !== 'SENDING') return stale
      return replace({ ...mail, state: 'UNCONFIRMED', reason: 'The mailer was interrupted while sending.' })
    case 'settle':
      return command.messageId === null
        ? settleUnbegun(mail, command.outcome)
        : settleBegun(mail, command.messageId, command)
    case 'report':
      return mail.messageId === command.messageId ? report(mail, command.report) : stale
    case 'resend':
      if (mail.resends === command.resends + 1) return done
      if (mail.resends !== command.resends || mail.messageId !== command.messageId) return stale
      return isResendable(mail) ? replace(owedAgain(mail)) : stale
  }
}

function settleUnbegun(mail: MailDocument, outcome: SendOutcome): MailVerdict {
  if (!isOpen(mail)) return stale
  // Without a body there is nothing that could have been taken.
  if (outcome.type !== 'refused') return stale
  return replace(outcome.permanent ? refused(mail, outcome.reason) : putOff(mail, mail.state, outcome.reason))
}

function settleBegun(
  mail: MailDocument,
  messageId: string,
  { outcome, at }: { outcome: SendOutcome; at: Date },
): MailVerdict {
  if (mail.messageId !== messageId) return stale
  // Whoever sent the body knows better than whoever gave the try up.
  if (mail.state !== 'SENDING' && mail.state !== 'UNCONFIRMED') return done
  switch (outcome.type) {
    case 'accepted':
      return replace({ ...mail, state: 'SENT', reason: null, sentAt: at })
    case 'refused':
      return outcome.permanent
        ? replace(refused(mail, outcome.reason))
        : replace(putOff({ ...mail, messageId: null }, 'PENDING', outcome.reason))
    case 'ambiguous':
      return mail.state === 'UNCONFIRMED'
        ? done
        : replace({ ...mail, state: 'UNCONFIRMED', reason: outcome.reason })
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
function report(mail: MailDocument, said: MailReport): MailVerdict {
  const isUnfinished = mail.state === 'SENDING' || mail.state === 'UNCONFIRMED'
  if (!isUnfinished && mail.state !== 'SENT') return done
  switch (said.fate) {
    case 'taken':
      return isUnfinished ? replace({ ...mail, state: 'SENT', reason: null, sentAt: said.at }) : done
    case 'dropped':
      return replace({ ...mail, state: 'REFUSED', reason: said.reason, sentAt: null })
    case 'bounced':
      return replace({ ...mail, state: 'BOUNCED', reason: said.reason })
  }
}

const owedAgain = (mail: MailDocument): MailDocument => ({
  ...mail,
  state: 'PENDING',
  messageId: null,
  reason: null,
  sentAt: null,
  tries: 0,
  resends: mail.resends + 1,
})
