/** Sends one written e-mail: begun in the database, given to the transport, concluded by what that answers. */
import { randomUUID } from 'node:crypto'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import type { Logger } from '#runtime/process/log.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import { applyCommand } from './apply-command.ts'
import type { MailStore } from './mail-store.ts'
import type { MailAddress, MailTransport, SendOutcome } from '#mailer/transport/mail-transport.ts'
import type { WrittenMail } from './write-mail.ts'

export interface SendMailDependencies {
  readonly store: MailStore
  readonly transport: MailTransport
  readonly from: MailAddress
  /** How long an outcome is held in memory while the database is away. */
  readonly recordPatienceMs?: number
}

/**
 * Null where another mailer is sending the mail.
 * @throws Error when the database was away; the mail is still to be sent unless it shows as being sent.
 */
export type SendMail = (
  mail: MailDocument,
  written: WrittenMail & { type: 'ready' },
  log: Logger,
) => Promise<SendOutcome | null>

class TakenOver extends Error {}

export function createSendMail(dependencies: SendMailDependencies): SendMail {
  const { store, transport, from, recordPatienceMs = 60_000 } = dependencies

  const conclude = async (mailId: string, messageId: string | null, outcome: SendOutcome, log: Logger) => {
    const command = { type: 'conclude', messageId, outcome, at: new Date() } as const
    const apply = () => applyCommand(store, mailId, command)
    const patience = AbortSignal.timeout(recordPatienceMs)
    await retryForever('recording what became of a mail', apply, log, patience)
  }

  return async (mail, written, log) => {
    const messageId = `<${randomUUID()}@${from.address.split('@').at(-1)}>`
    let begun = 'no' as 'no' | 'perhaps' | 'yes'
    const begin = async () => {
      // A begin whose reply is lost may stand in the database all the same.
      begun = 'perhaps'
      if (!(await applyCommand(store, mail._id, { type: 'begin', messageId })).ok) throw new TakenOver()
      begun = 'yes'
    }
    const tried = () => (begun === 'no' ? null : messageId)
    const message = { mailId: mail._id, messageId, from, to: written.to, ...written.content }
    let outcome: SendOutcome
    try {
      outcome = await transport.send(message, begin)
    } catch (error) {
      if (error instanceof TakenOver) return null
      await conclude(mail._id, tried(), outcomeOfDefect(begun === 'yes'), log)
      throw error
    }
    await conclude(mail._id, tried(), outcome, log)
    return outcome
  }
}

/** The transport answers with outcomes: it throws where the mail could not be begun, or has a defect. */
function outcomeOfDefect(mayHaveSentBody: boolean): SendOutcome {
  if (mayHaveSentBody) return { type: 'ambiguous', reason: 'The mailer failed while sending.' }
  return { type: 'refused', permanent: false, reason: 'The mailer could not begin to send.' }
}
