/** Asks the mailer to send an e-mail again that did not arrive, and names the failed try: it is not sent again twice. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { resendMailSchema } from '#schema/messages/resend-mail.ts'
import { isResendable } from '#ledger/conversion-mail.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges, queues } from '#runtime/rabbit/topology.ts'
import type { ReadMail } from './mail-reader.ts'

/** @throws DomainError MAIL_NOT_RESENDABLE, or SERVICE_UNAVAILABLE when the broker did not confirm the request. */
export type RequestResend = (conversion: ConversionDocument, requestId: string | undefined) => Promise<void>

export interface RequestResendDependencies {
  readonly readMail: ReadMail
  readonly publisher: Pick<Publisher, 'publish'>
}

export function createRequestResend({ readMail, publisher }: RequestResendDependencies): RequestResend {
  return async (conversion, requestId) => {
    const mail = await readMail(conversion)
    if (mail === null || !isResendable(mail)) throw new DomainError('MAIL_NOT_RESENDABLE')
    const { _id: mailId, messageId, resends } = mail
    try {
      await publisher.publish({
        exchange: exchanges.commands,
        routingKey: queues.mail,
        schema: resendMailSchema,
        body: { type: 'resendMail', mailId, messageId, resends },
        ...(requestId !== undefined && { headers: { requestId } }),
      })
    } catch (error) {
      throw new DomainError('SERVICE_UNAVAILABLE', undefined, { cause: error })
    }
  }
}
