/** Making accounts, checking their passwords, and proving their addresses. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import { hashAddress, type VerificationTokens } from '#auth/keys/verification-tokens.ts'
import type { Sessions } from '#auth/sessions/sessions.ts'
import type { AccountThrottles } from './account-throttles.ts'
import { canonicalAddress, claimOf } from './email-address.ts'
import { newPasswordSchema, refuseOwnAddress } from './password-strength.ts'
import type { Passwords } from './passwords.ts'
import type { UserStore } from './user-store.ts'

export interface Accounts {
  /** @throws DomainError BAD_USER_INPUT, EMAIL_TAKEN, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  signUp(input: unknown, request: AccountRequest): Promise<UserDocument>
  /** @throws DomainError INVALID_CREDENTIALS, whichever of the two is; TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  authenticate(email: string, password: string, request: AccountRequest): Promise<UserDocument>
  /** Has the mail that verifies the address sent once more. @throws DomainError TOO_MANY_REQUESTS. */
  requestVerification(userId: string, request: AccountRequest): Promise<void>
  /** Idempotent. @throws DomainError VERIFICATION_TOKEN_INVALID, EMAIL_TAKEN. */
  verifyEmail(token: string, requestId: string): Promise<UserDocument>
}

export interface AccountsDependencies {
  readonly store: UserStore
  readonly passwords: Passwords
  readonly throttles: AccountThrottles
  readonly verificationTokens: VerificationTokens
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
  const { store, passwords, throttles, verificationTokens, sessions, announce, now } = dependencies

  /** As who has proven it may have the address yet, an account without proof does not keep it from others. */
  const insert = async (user: UserDocument, password: string, request: AccountRequest) => {
    if (await store.insert(user)) return user
    const holder = await store.readByEmail(user.emailCanonical)
    if (holder?.emailVerified) throw new DomainError('EMAIL_TAKEN')
    // The same person again: the account is theirs already.
    if (holder && (await passwords.matches(password, holder.passwordHash, request)))
      throw new DomainError('EMAIL_TAKEN')
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
      const emailCanonical = canonicalAddress(email)
      const takeBack = await throttles.trySignIn(emailCanonical, request.addressBlock)
      const user = await store.readByEmail(emailCanonical)
      // A longer one cannot be right, and would only cost work.
      const tried = password.length <= 128 ? password : ''
      const matching = passwords.matches(tried, user?.passwordHash ?? null, request)
      // What was not checked does not count.
      const isRight = await matching.catch(async (error: unknown) => {
        await takeBack()
        throw error
      })
      if (!isRight || user === null) throw new DomainError('INVALID_CREDENTIALS')
      await takeBack()
      return await renewHash({ store, passwords }, user, password, request)
    },
    async requestVerification(userId, request) {
      await throttles.requestMail(userId, request.network)
      const user = await store.read(userId)
      if (user === null || user.emailVerified) return
      const entry = {
        id: randomUUID(),
        type: 'emailVerificationRequested',
        requestId: request.requestId,
      } as const
      const owing = await store.oweOf(userId, entry)
      if (owing) announce({ ...owing, outbox: [entry] })
    },
    async verifyEmail(token, requestId) {
      const { userId, addressHash } = await verificationTokens.verify(token)
      const user = await store.read(userId)
      const address = user && canonicalAddress(user.email)
      if (user === null || address === null || hashAddress(address) !== addressHash)
        throw new DomainError('VERIFICATION_TOKEN_INVALID')
      if (user.emailVerified) return user
      const holder = await store.readByEmail(address)
      if (holder && holder._id !== userId && (await store.loseAddress(holder._id, address)))
        await sessions.endAll(holder._id)
      const entry = { id: randomUUID(), type: 'emailVerified', requestId } as const
      const changed = await store.markVerified(userId, address, entry)
      if (changed === 'TAKEN') throw new DomainError('EMAIL_TAKEN')
      if (changed) announce({ ...user, outbox: [entry] })
      return { ...user, emailCanonical: address, emailVerified: true }
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
