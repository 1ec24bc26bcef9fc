/** The e-mail about how a conversion ended, as the mailer that sends it and media that shows it both know it. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { MailDocument } from '#schema/documents/mail-document.ts'

export type MailedConversion = Extract<ConversionRecord, { status: 'SUCCEEDED' | 'FAILED' }>

/** Whether its owner is sent a mail about its end. Who cancels or deletes needs none, and guests have no address. */
export const isMailed = (conversion: ConversionRecord | null): conversion is MailedConversion =>
  (conversion?.status === 'SUCCEEDED' || conversion?.status === 'FAILED') && conversion.toBeMailed

/** A mail in one of these states has come to its end without having surely arrived: its owner may have it sent again. */
export const isResendable = ({ state }: Pick<MailDocument, 'state'>) =>
  state === 'REFUSED' || state === 'BOUNCED' || state === 'UNCONFIRMED'

/** Of the mail about a conversion's end. It is owed one at most: by its status. */
export const conversionMailKind = (status: MailedConversion['status']) =>
  status === 'SUCCEEDED' ? 'conversionSucceeded' : 'conversionFailed'

/** The `_id` of that mail. */
export const conversionMailId = (conversionId: string, status: MailedConversion['status']): string =>
  `${conversionId}:${conversionMailKind(status)}`
