/** Making accounts, checking their passwords, and proving their addresses. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import { hashAddress, type VerificationTokens } from '#auth/keys/verification-tokens.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { AccountThrottles } from './account-throttles.ts'
import { isEasyToGuess, newPasswordSchema } from './password-strength.ts'
import type { Passwords } from './passwords.ts'
import type { UserStore } from './user-store.ts'

export interface Accounts {
  /** @throws DomainError BAD_USER_INPUT, EMAIL_TAKEN, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  signUp(input: unknown, request: AccountRequest): Promise<UserDocument>
  /** @throws DomainError INVALID_CREDENTIALS, whichever of the two is; TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  authenticate(email: string, password: string, request: AccountRequest): Promise<UserDocument>
  /** Idempotent. @throws DomainError VERIFICATION_TOKEN_INVALID. */
  verifyEmail(token: string, requestId: string): Promise<UserDocument>
}

export interface AccountsDependencies {
  readonly store: UserStore
  readonly passwords: Passwords
  readonly throttles: AccountThrottles
  readonly verificationTokens: VerificationTokens
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

const canonical = (email: string): string => email.trim().normalize('NFC').toLowerCase()

export function createAccounts({
  store,
  passwords,
  throttles,
  verificationTokens,
  announce,
  now,
}: AccountsDependencies): Accounts {
  /** Where new hashes cost more than this one. Where many wait, the next sign-in does it. */
  const renewHash = async (
    { _id, passwordHash }: UserDocument,
    password: string,
    request: AccountRequest,
  ) => {
    if (!passwords.isOutdated(passwordHash)) return
    const renewed = await passwords.hash(password, request).catch(() => null)
    if (renewed !== null) await store.replacePassword(_id, passwordHash, renewed)
  }
  return {
    async signUp(raw, request) {
      const { email, password, locale } = parseInput(newAccountSchema, raw)
      const emailCanonical = canonical(email)
      if (isEasyToGuess(password, [emailCanonical, emailCanonical.split('@', 1)[0]!]))
        throw new DomainError('BAD_USER_INPUT', 'The password is the address itself.')
      await throttles.signUp(request.network)
      const user: UserDocument = {
        _id: randomUUID(),
        email,
        emailCanonical,
        emailVerified: false,
        passwordHash: await passwords.hash(password, request),
        locale,
        outbox: [{ id: randomUUID(), type: 'emailVerificationRequested', requestId: request.requestId }],
        outboxPending: true,
        createdAt: now(),
      }
      if (!(await store.insert(user))) throw new DomainError('EMAIL_TAKEN')
      announce(user)
      return user
    },
    async authenticate(email, password, request) {
      const emailCanonical = canonical(email)
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
      await renewHash(user, password, request)
      return user
    },
    async verifyEmail(token, requestId) {
      const { userId, addressHash } = await verificationTokens.verify(token)
      const user = await store.read(userId)
      if (user === null || hashAddress(user.emailCanonical) !== addressHash)
        throw new DomainError('VERIFICATION_TOKEN_INVALID')
      const entry = { id: randomUUID(), type: 'emailVerified', requestId } as const
      const changed = await store.markVerified(userId, user.emailCanonical, entry)
      if (changed) announce({ ...user, outbox: [entry] })
      return { ...user, emailVerified: true }
    },
  }
}
