/** Whether a password is an account's: counted before it is checked, and the same work whether there is such an account. */
import type { AccountDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { AccountThrottles, TriedSignIn } from './account-throttles.ts'
import type { Passwords } from './passwords.ts'

export interface PasswordToCheck {
  /** By which tries are counted. */
  readonly account: string
  readonly password: string
  readonly read: () => Promise<AccountDocument | null>
}

/** @throws DomainError INVALID_CREDENTIALS, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
export type CheckPassword = (tried: PasswordToCheck, request: AccountRequest) => Promise<AccountDocument>

export function createCheckPassword(
  throttles: Pick<AccountThrottles, 'trySignIn'>,
  passwords: Pick<Passwords, 'matches'>,
): CheckPassword {
  return async ({ account, password, read }, request) => {
    const user = await read()
    const tried = await throttles.trySignIn(account, user?._id ?? null, request)
    // A longer one cannot be right, and would only cost work.
    const possible = password.length <= 128 ? password : ''
    const isRight = await orTakeBack(tried, passwords.matches(possible, user?.passwordHash ?? null, request))
    if (!isRight || user === null) throw new DomainError('INVALID_CREDENTIALS')
    await tried.wasRight()
    return user
  }
}

/** What was not checked is no try. @throws as the work. */
export const orTakeBack = <T>(tried: Pick<TriedSignIn, 'takeBack'>, work: Promise<T>): Promise<T> =>
  work.catch(async (error: unknown) => {
    await tried.takeBack()
    throw error
  })
