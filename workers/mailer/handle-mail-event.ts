/** Turns an event into the e-mails it asks for, and has them delivered. */
import type { MailEvent } from '#schema/messages/mail-event.ts'
import type { ConversionChanged } from '#schema/messages/conversion-changed.ts'
import type { ResendMail } from '#schema/messages/resend-mail.ts'
import type { UserChanged } from '#schema/messages/user-changed.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { Delivery } from '#runtime/rabbit/settle-message.ts'
import { applyCommand } from './apply-command.ts'
import type { DeliverMail } from './deliver-mail.ts'
import type { MailStore } from './mail-store.ts'
import { passwordResetMail, requestedVerificationMail } from './new-mail.ts'
import type { PayMailDebt } from './pay-mail-debt.ts'

export interface HandleMailEventDependencies {
  readonly store: MailStore
  readonly conversions: Pick<Ledger, 'read'>
  readonly payDebt: PayMailDebt
  readonly deliver: DeliverMail
}

/** Returning acknowledges the event; throwing has it come again. */
export type HandleMailEvent = (event: MailEvent, delivery: Delivery) => Promise<void>

export function createHandleMailEvent({
  store,
  conversions,
  payDebt,
  deliver,
}: HandleMailEventDependencies): HandleMailEvent {
  const conversionChanged = async (event: ConversionChanged, delivery: Delivery) => {
    const mailId = await payDebt(await conversions.read(event.conversionId))
    if (mailId !== null) await deliver(mailId, delivery)
  }

  const userChanged = async (event: UserChanged, delivery: Delivery) => {
    if (event.type !== 'emailVerified') {
      const write = event.type === 'passwordResetRequested' ? passwordResetMail : requestedVerificationMail
      const mail = write(event.eventId, event.userId, new Date())
      await store.insert(mail)
      return await deliver(mail._id, delivery)
    }
    // PENDING ones too: an earlier try at this event may have been put off after it had released them.
    const held = await store.listOfUser(event.userId, ['AWAITING_VERIFICATION', 'PENDING'])
    const sent = await Promise.allSettled(held.map((mail) => deliver(mail._id, delivery)))
    const failures = sent.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} held mails could not be sent yet`)
  }

  const resendMail = async ({ mailId, messageId, resends }: ResendMail, delivery: Delivery) => {
    if (!(await applyCommand(store, mailId, { type: 'resend', messageId, resends })).ok) return
    await deliver(mailId, delivery)
    // `deliver` may have waited for the end of the try before, and sent nothing.
    if ((await store.read(mailId))?.state === 'PENDING') await deliver(mailId, delivery)
  }

  return (event, delivery) => {
    if ('conversionId' in event) return conversionChanged(event, delivery)
    // One that is being sent meanwhile finds itself gone, which ends it.
    if (event.type === 'removed') return store.forgetUser(event.userId)
    return event.type === 'resendMail' ? resendMail(event, delivery) : userChanged(event, delivery)
  }
}
