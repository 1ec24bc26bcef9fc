/** Making accounts, and signing in to them. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { Sessions } from '#auth/sessions/sessions.ts'
import type { AccountThrottles } from './account-throttles.ts'
import { createCheckPassword } from './check-password.ts'
import { canonicalAddress, claimOf } from './email-address.ts'
import { newPasswordSchema, refuseOwnAddress } from './password-strength.ts'
import type { Passwords } from './passwords.ts'
import type { UserStore } from './user-store.ts'

export interface Accounts {
  /** @throws DomainError BAD_USER_INPUT, EMAIL_TAKEN, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  signUp(input: unknown, request: AccountRequest): Promise<UserDocument>
  /** @throws DomainError INVALID_CREDENTIALS, whichever of the two is; TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  authenticate(email: string, password: string, request: AccountRequest): Promise<UserDocument>
}

export interface AccountsDependencies {
  readonly store: UserStore
  readonly passwords: Passwords
  readonly throttles: AccountThrottles
  readonly sessions: Pick<Sessions, 'endAll'>
  /** Told of a user whose outbox has grown; must not throw. */
  readonly announce: (user: UserDocument) => void
  readonly now: () => Date
}

const newAccountSchema = z.object({
  email: z.email('email must be an e-mail address').max(254, 'email must have at most 254 characters'),
  password: newPasswordSchema,
  locale: z
    .string()
    // RFC 5646, 4.4.1: as long as a tag needs to be.
    .max(35, 'locale must have at most 35 characters')
    .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, 'locale must be a BCP 47 tag, such as en')
    .nullish()
    .transform((locale) => locale ?? 'en'),
})

export function createAccounts(dependencies: AccountsDependencies): Accounts {
  const { store, passwords, throttles, announce, now } = dependencies
  const checkPassword = createCheckPassword(throttles, passwords)

  /**
   * Whether an account without proof has the address. A password is hashed whether one has or not: the time tells no more
   * than the answer. @throws DomainError EMAIL_TAKEN.
   */
  const isHeld = async (address: string, password: string, request: AccountRequest) => {
    const holder = await store.readByEmail(address)
    const isTheirs = await passwords.matches(password, holder?.passwordHash ?? null, request)
    // Theirs: the same person again, whose account it is already.
    if (holder?.emailVerified || isTheirs) throw new DomainError('EMAIL_TAKEN')
    return holder !== null
  }

  /** As who has proven it may have the address yet, an account without proof does not keep it from others. */
  const insert = async (user: UserDocument, password: string, request: AccountRequest) => {
    const address = user.emailCanonical
    if (!(await isHeld(address, password, request))) {
      if (await store.insert(user)) return user
      // Somebody else was quicker.
      await isHeld(address, password, request)
    }
    const claim = { ...user, emailCanonical: claimOf(user._id) }
    await store.insert(claim)
    return claim
  }

  return {
    async signUp(raw, request) {
      const { email, password, locale } = parseInput(newAccountSchema, raw)
      refuseOwnAddress(password, email)
      await throttles.signUp(request.network)
      const user = await insert(
        {
          _id: randomUUID(),
          email,
          emailCanonical: canonicalAddress(email),
          emailVerified: false,
          passwordHash: await passwords.hash(password, request),
          passwordResets: [],
          locale,
          outbox: [{ id: randomUUID(), type: 'emailVerificationRequested', requestId: request.requestId }],
          outboxPending: true,
          createdAt: now(),
        },
        password,
        request,
      )
      announce(user)
      return user
    },
    async authenticate(email, password, request) {
      const account = canonicalAddress(email)
      const read = () => store.readByEmail(account)
      const user = await checkPassword({ account, password, read }, request)
      return await renewHash({ store, passwords }, user, password, request)
    },
  }
}

/** Where new hashes cost more than the user's. Where many wait, the next sign-in does it. */
async function renewHash(
  { store, passwords }: Pick<AccountsDependencies, 'store' | 'passwords'>,
  user: UserDocument,
  password: string,
  request: AccountRequest,
): Promise<UserDocument> {
  if (!passwords.isOutdated(user.passwordHash)) return user
  const passwordHash = await passwords.hash(password, request).catch(() => null)
  if (passwordHash === null) return user
  const isRenewed = await store.replacePassword(user._id, user.passwordHash, passwordHash)
  return isRenewed ? { ...user, passwordHash } : user
}
