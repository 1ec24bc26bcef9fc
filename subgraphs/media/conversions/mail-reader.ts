/** Reads how a conversion's e-mail stands; the mailer alone writes that. */
import type { Db } from 'mongodb'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { mailDocumentSchema, type MailDocument } from '#schema/documents/mail-document.ts'
import { conversionMailId, isMailed } from '#ledger/conversion-mail.ts'

/** Null for a conversion that owes no mail, or none that the mailer has heard of. */
export type ReadMail = (conversion: ConversionDocument) => Promise<MailDocument | null>

export function createMailReader(database: Db): ReadMail {
  const mails = database.collection<MailDocument>('mails')
  return async (conversion) => {
    if (!isMailed(conversion)) return null
    const found = await mails.findOne({ _id: conversionMailId(conversion._id, conversion.status) })
    return found && mailDocumentSchema.parse(found)
  }
}

export interface ShownMail {
  readonly status: Exclude<MailDocument['state'], 'SENDING'>
  readonly reason: string | null
  readonly sentAt: Date | null
}

/** What its owner sees of it; null for a conversion that owes none. */
export function shownMail(conversion: ConversionDocument, mail: MailDocument | null): ShownMail | null {
  if (!isMailed(conversion)) return null
  if (mail === null) return { status: 'PENDING', reason: null, sentAt: null }
  const { state, reason, sentAt } = mail
  return { status: state === 'SENDING' ? 'PENDING' : state, reason, sentAt }
}
