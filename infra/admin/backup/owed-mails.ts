/**
 * What becomes of mails that were owed when a backup was taken: the system may have sent them since. As wherever it is not
 * known whether a mail was sent, it is UNCONFIRMED and not sent again, unless its owner asks for it.
 */
import type { Db, Document } from 'mongodb'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { conversionMailId, conversionMailKind, isMailed } from '#ledger/conversion-mail.ts'
import { insertNew } from '#runtime/mongo/insert-new.ts'

const reasonOf = (takenAt: string) => `Restored from a backup of ${takenAt}: it may have been sent since.`

/** A mail as it is restored. One that waits for its address to be verified goes on waiting: its user asks for it by that. */
export function holdMailsBack(mail: Document, takenAt: string): Document {
  const isOwed = mail['state'] === 'PENDING' || mail['state'] === 'SENDING'
  return isOwed ? { ...mail, state: 'UNCONFIRMED', reason: reasonOf(takenAt) } : mail
}

/** Of conversions that no mail was recorded for yet. The mailer finds the mail recorded, and strikes the debt off. */
export async function recordOwedMails(
  database: Db,
  { takenAt }: { readonly takenAt: string },
): Promise<void> {
  const mails = database.collection<MailDocument>('mails')
  for await (const conversion of database
    .collection<ConversionRecord>('conversions')
    .find({ owes: 'mail' })) {
    if (!isMailed(conversion)) continue
    const { _id: conversionId, ownerId: userId, status, traceparent } = conversion
    await insertNew(mails, {
      _id: conversionMailId(conversionId, status),
      kind: conversionMailKind(status),
      userId,
      conversionId,
      traceparent,
      state: 'UNCONFIRMED',
      messageId: null,
      reason: reasonOf(takenAt),
      tries: 0,
      resends: 0,
      createdAt: new Date(),
      sentAt: null,
    })
  }
}
