/** Brings one e-mail as far as it can go now: written, begun, sent, and its outcome recorded. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import { inSpan, inTraceOf } from '#runtime/tracing/trace-context.ts'
import { applyCommand } from './apply-command.ts'
import { isAboutAccount, type CountForInbox } from './inbox-limit.ts'
import type { MailMetrics } from './mail-metrics.ts'
import type { MailStore } from './mail-store.ts'
import { isOpen } from './mail-transition.ts'
import { reminderMail } from './new-mail.ts'
import type { SendMail } from './send-mail.ts'
import type { SendOutcome } from '#mailer/transport/mail-transport.ts'
import type { WriteMail } from './write-mail.ts'

export interface DeliverMailDependencies {
  readonly store: MailStore
  readonly writeMail: WriteMail
  readonly sendMail: SendMail
  readonly countForInbox: CountForInbox
  readonly metrics: Pick<MailMetrics, 'count' | 'arrived'>
  readonly now?: () => number
}

export interface DeliveryContext {
  readonly requestId: string | undefined
  readonly log: Logger
}

/** @throws Error when the mail is still to be sent, and should be tried again later. */
export type DeliverMail = (mailId: string, context: DeliveryContext) => Promise<void>

/** One reminder to verify in this time, so that nobody can have a stranger's inbox filled by converting. */
const reminderPauseMs = 60 * 60 * 1000

export function createDeliverMail(dependencies: DeliverMailDependencies): DeliverMail {
  const { store, writeMail, sendMail, countForInbox, metrics, now = Date.now } = dependencies
  const deliver: DeliverMail = async (mailId, { requestId, log: parentLog }) => {
    const mail = await store.read(mailId)
    if (mail === null || !isOpen(mail)) return
    const log = parentLog.child({
      mailId,
      kind: mail.kind,
      userId: mail.userId,
      conversionId: mail.conversionId,
    })
    let written = await writeMail(mail, requestId)
    if (written.type === 'hold') {
      if (!(await applyCommand(store, mailId, { type: 'hold' })).ok) return
      // Asked again: a verification between the first answer and the hold has looked for held mails in vain.
      written = await writeMail(mail, requestId)
      if (written.type === 'hold') return await remind(mail, { requestId, log })
    }
    if (written.type === 'withdraw') {
      log.info(
        'a mail is no longer wanted and is not sent: its conversion or its user is gone, or the address verified',
      )
      return await withdraw(mailId)
    }
    // Once for each mail, however often a server puts it off.
    const isCounted = isAboutAccount(mail) && mail.tries === 0
    if (isCounted && !(await countForInbox(written.to, written.isProven))) {
      metrics.count(mail.kind, 'dropped')
      log.warn(
        'a mail about an account is dropped, as its inbox has had enough of them; it can be asked for again',
      )
      return await withdraw(mailId)
    }
    const ready = written
    const outcome = await inTraceOf(mail.traceparent, () =>
      inSpan('send a mail', { attributes: { 'earshot.mail.kind': mail.kind } }, () =>
        sendMail(mail, ready, log),
      ),
    )
    if (outcome?.type === 'accepted' && ready.settledAt !== null && isPrompt(mail))
      metrics.arrived(now() - ready.settledAt.getTime())
    if (outcome !== null) noteOutcome(mail, outcome, metrics, log)
  }

  const withdraw = async (mailId: string) => {
    const mail = await store.read(mailId)
    if (mail !== null && isOpen(mail)) await store.withdraw(mail)
  }

  const remind = async (mail: MailDocument, context: DeliveryContext) => {
    context.log.info('the address is not verified; the mail waits until it is')
    metrics.count(mail.kind, 'held')
    const newest = await store.newestOfUser(mail.userId, 'emailVerification')
    const nowMs = now()
    if (mail.conversionId === null || (newest !== null && nowMs - newest.getTime() < reminderPauseMs)) return
    const reminder = reminderMail(mail.conversionId, mail.userId, new Date(nowMs))
    await store.insert(reminder)
    await deliver(reminder._id, context)
  }

  return oneAtATime(deliver)
}

/** Neither waited for its owner to verify the address, nor is sent because its owner asked for it again. */
const isPrompt = ({ state, resends }: MailDocument) => state === 'PENDING' && resends === 0

/** @throws Error when the mail was put off. */
function noteOutcome(
  mail: MailDocument,
  outcome: SendOutcome,
  metrics: Pick<MailMetrics, 'count'>,
  log: Logger,
): void {
  if (outcome.type === 'accepted') {
    metrics.count(mail.kind, 'sent')
    return log.info('the mail server accepted a mail')
  }
  const { reason } = outcome
  if (outcome.type === 'ambiguous') {
    metrics.count(mail.kind, 'unconfirmed')
    return log.warn(
      { reason },
      'it is not known whether the mail server accepted a mail; it is not sent again',
    )
  }
  metrics.count(mail.kind, outcome.permanent ? 'refused' : 'deferred')
  if (outcome.permanent)
    return log.warn({ reason }, 'the mail server refused a mail for good; it is not sent again')
  throw new Error(`the mail server does not take mail ${mail._id} now: ${reason}`)
}

/** Events come in twos and more: a mail that is being delivered here already is waited for, not raced. */
function oneAtATime(deliver: DeliverMail): DeliverMail {
  const atHand = new Map<string, Promise<void>>()
  return (mailId, context) => {
    const running = atHand.get(mailId)
    if (running !== undefined) return running
    const started = deliver(mailId, context).finally(() => atHand.delete(mailId))
    atHand.set(mailId, started)
    return started
  }
}
