/** Finds e-mails that no event will come for again: those whose mailer stopped while sending, and those an outage left unsent. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import { applyCommand } from './apply-command.ts'
import type { DeliverMail } from './deliver-mail.ts'
import type { MailMetrics } from './mail-metrics.ts'
import type { MailStore } from './mail-store.ts'

export interface SweepMailsDependencies {
  readonly store: MailStore
  readonly deliver: DeliverMail
  readonly metrics: Pick<MailMetrics, 'count'>
  readonly log: Logger
  /** What is not given is as by default. */
  readonly limits?: Partial<SweepLimits>
  /** Never turns back and knows no time zone; only differences are used. */
  readonly monotonicMs?: () => number
}

export interface SweepLimits {
  /** A sender that is only slow still records the outcome of its try later. */
  readonly interruptedAfterMs: number
  /** Longer than the pauses between a message's own tries. */
  readonly forgottenAfterMs: number
  /** How often a mail may be put off. Not by its age: the clocks of two machines would decide over it. */
  readonly giveUpAfterTries: number
  /** How many mails one sweep looks at. */
  readonly batch: number
}

const defaultLimits: SweepLimits = {
  interruptedAfterMs: 60_000,
  forgottenAfterMs: 600_000,
  // A try every ten minutes for 4 to 5 days at least (RFC 5321, 4.5.4.1).
  giveUpAfterTries: 5 * 24 * 6,
  batch: 500,
}

/** To be called again and again: a mail is judged by how long this process itself has seen it unchanged. */
export function createSweepMails(
  dependencies: SweepMailsDependencies,
): (signal: AbortSignal) => Promise<void> {
  const { store, deliver, metrics, log, monotonicMs = () => performance.now() } = dependencies
  const limits = { ...defaultLimits, ...dependencies.limits }
  let seenSince = new Map<string, number>()

  const giveUpInterrupted = async (mail: MailDocument, messageId: string) => {
    if (!(await applyCommand(store, mail._id, { type: 'abandon', messageId })).ok) return
    metrics.count(mail.kind, 'unconfirmed')
    log.warn(about(mail), 'a mailer stopped while it sent a mail; it may have arrived, and is not sent again')
  }

  const giveUp = async (mail: MailDocument) => {
    const reason = `Given up after many tries. ${mail.reason ?? ''}`.trim()
    const outcome = { type: 'refused', permanent: true, reason } as const
    const command = { type: 'conclude', messageId: null, outcome, at: new Date() } as const
    if (!(await applyCommand(store, mail._id, command)).ok) return
    metrics.count(mail.kind, 'refused')
    log.error({ ...about(mail), reason }, 'a mail was put off too often and is given up')
  }

  const tryAgain = async (mail: MailDocument) => {
    if (mail.tries >= limits.giveUpAfterTries) return await giveUp(mail)
    await deliver(mail._id, { requestId: undefined, log }).catch((error: unknown) => {
      log.warn(
        { mailId: mail._id, reason: error instanceof Error ? error.message : String(error) },
        'a mail could not be sent; a later sweep tries again',
      )
    })
  }

  return async (signal) => {
    const now = monotonicMs()
    const mails = await store.list(['SENDING', 'PENDING'], limits.batch)
    const seenBefore = seenSince
    seenSince = new Map(mails.map((mail) => [keyOf(mail), seenBefore.get(keyOf(mail)) ?? now]))
    for (const mail of mails) {
      if (signal.aborted) return
      const unchangedMs = now - seenSince.get(keyOf(mail))!
      if (mail.state === 'SENDING' && mail.messageId !== null) {
        if (unchangedMs >= limits.interruptedAfterMs) await giveUpInterrupted(mail, mail.messageId)
      } else if (unchangedMs >= limits.forgottenAfterMs) {
        // Counted anew from here, whatever comes of it.
        seenSince.delete(keyOf(mail))
        await tryAgain(mail)
      }
    }
  }
}

const about = ({ _id, userId, conversionId }: MailDocument) => ({ mailId: _id, userId, conversionId })

const keyOf = ({ _id, state, messageId }: MailDocument) => [_id, state, messageId].join(' ')
