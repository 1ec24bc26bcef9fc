/** An account as the parts of media that count its use know it. */
import type { Account } from '#media/quotas/account.ts'

/** Of a user with a verified address, unless told otherwise. */
export const sampleAccount = (userId: string, changes: Partial<Account> = {}): Account => ({
  userId,
  emailVerified: true,
  isGuest: false,
  clientAddress: null,
  ...changes,
})
