/** The end of an account by its user's wish. A session alone does not do: whoever got hold of one must not end it all. */
import { DomainError } from '#runtime/domain-error.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { Removals } from '#auth/removals/removals.ts'
import type { AccountsDependencies } from './accounts.ts'
import { createCheckPassword } from './check-password.ts'
import { requireAccount } from './guests.ts'

/** Resolves to the id of the user, who is gone. @throws DomainError SIGN_UP_REQUIRED, INVALID_CREDENTIALS, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
export type DeleteAccount = (
  identity: Pick<Identity, 'userId'>,
  password: string,
  request: AccountRequest,
) => Promise<string>

export interface DeleteAccountDependencies extends Pick<
  AccountsDependencies,
  'store' | 'passwords' | 'throttles'
> {
  readonly removals: Pick<Removals, 'remove'>
}

export function createDeleteAccount({
  store,
  passwords,
  throttles,
  removals,
}: DeleteAccountDependencies): DeleteAccount {
  const checkPassword = createCheckPassword(throttles, passwords)
  return async ({ userId }, password, request) => {
    const user = await store.read(userId)
    if (user === null) throw new DomainError('UNAUTHENTICATED')
    requireAccount(user)
    await checkPassword({ account: user.emailCanonical, password, read: async () => user }, request)
    await removals.remove(userId, 'WISHED')
    return userId
  }
}
