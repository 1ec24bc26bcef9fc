/** Pays what a finished conversion owes its owner: first the mail is recorded here, then the debt is struck off there. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { isMailed } from '#ledger/conversion-mail.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { MailStore } from './mail-store.ts'
import { conversionMail } from './new-mail.ts'

/** Resolves to the id of the mail, which is then to be delivered; to null for a conversion that sends none. Idempotent. */
export type PayMailDebt = (conversion: ConversionRecord | null) => Promise<string | null>

export interface PayMailDebtDependencies {
  readonly store: Pick<MailStore, 'insert'>
  readonly conversions: Pick<Ledger, 'markPaid'>
}

export function createPayMailDebt({ store, conversions }: PayMailDebtDependencies): PayMailDebt {
  return async (conversion) => {
    if (!isMailed(conversion)) return null
    const mail = conversionMail(conversion, new Date())
    await store.insert(mail)
    await conversions.markPaid(conversion._id, 'mail')
    return mail._id
  }
}
