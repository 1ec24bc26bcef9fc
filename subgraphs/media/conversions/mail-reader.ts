/** Reads how a conversion's e-mail stands; the mailer alone writes that. */
import type { Db } from 'mongodb'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { conversionMailId, mailDocumentSchema, type MailDocument } from '#schema/documents/mail-document.ts'

export interface ConversionMail {
  readonly status: Exclude<MailDocument['state'], 'SENDING'>
  readonly reason: string | null
  readonly sentAt: Date | null
}

/** Null for a conversion that owes no mail. */
export type ReadMail = (conversion: ConversionDocument) => Promise<ConversionMail | null>

export function createMailReader(database: Db): ReadMail {
  const mails = database.collection<MailDocument>('mails')
  return async ({ _id, status }) => {
    if (status !== 'SUCCEEDED' && status !== 'FAILED') return null
    const found = await mails.findOne({ _id: conversionMailId(_id, status) })
    if (found === null) return { status: 'PENDING', reason: null, sentAt: null }
    const { state, reason, sentAt } = mailDocumentSchema.parse(found)
    return { status: state === 'SENDING' ? 'PENDING' : state, reason, sentAt }
  }
}
