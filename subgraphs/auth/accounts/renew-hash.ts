/** Hashes a password anew at sign-in, where new hashes cost more than the user's. */
import type { AccountDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { Passwords } from './passwords.ts'
import type { UserStore } from './user-store.ts'

/** Where many wait, the next sign-in does it. @throws DomainError INVALID_CREDENTIALS where it was changed meanwhile. */
export async function renewHash(
  { store, passwords }: { readonly store: UserStore; readonly passwords: Passwords },
  user: AccountDocument,
  password: string,
  request: AccountRequest,
): Promise<AccountDocument> {
  if (!passwords.isOutdated(user.passwordHash)) return user
  const passwordHash = await passwords.hash(password, request).catch(() => null)
  if (passwordHash === null) return user
  if (await store.replacePassword(user._id, user.passwordHash, passwordHash)) return { ...user, passwordHash }
  // Changed meanwhile, or renewed by another sign-in, whose hash is the one that counts.
  const now = await store.read(user._id)
  if (
    now === null ||
    now.guestUntil !== null ||
    !(await passwords.matches(password, now.passwordHash, request))
  )
    throw new DomainError('INVALID_CREDENTIALS')
  return now
}
