/** Takes over what a settled conversion owes its owner: first the mail is recorded, then the conversion relieved of it. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { isMailed } from '#ledger/conversion-mail.ts'
import type { ConversionStore } from '#ledger/conversion-store.ts'
import type { MailStore } from './mail-store.ts'
import { conversionMail } from './owed-mail.ts'

/** Resolves to the mail's id, or to null where none is owed. Doing it again changes nothing. */
export type TakeMail = (conversion: ConversionRecord | null) => Promise<string | null>

export interface TakeMailDependencies {
  readonly store: Pick<MailStore, 'insert'>
  readonly conversions: Pick<ConversionStore, 'markMailTaken'>
}

export function createTakeMail({ store, conversions }: TakeMailDependencies): TakeMail {
  return async (conversion) => {
    if (!isMailed(conversion)) return null
    const mail = conversionMail(conversion, new Date())
    await store.insert(mail)
    await conversions.markMailTaken(conversion._id)
    return mail._id
  }
}
