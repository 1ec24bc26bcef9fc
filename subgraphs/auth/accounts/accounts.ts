/** Making accounts, checking their passwords, and proving their addresses. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import { hashAddress, type VerificationTokens } from '#auth/keys/verification-tokens.ts'
import type { Passwords } from './passwords.ts'
import type { UserStore } from './user-store.ts'

export interface Accounts {
  /** @throws DomainError BAD_USER_INPUT, EMAIL_TAKEN. */
  signUp(input: unknown, requestId: string): Promise<UserDocument>
  /** @throws DomainError INVALID_CREDENTIALS, whichever of the two is. */
  authenticate(email: string, password: string): Promise<UserDocument>
  /** Idempotent. @throws DomainError VERIFICATION_TOKEN_INVALID. */
  verifyEmail(token: string, requestId: string): Promise<UserDocument>
}

export interface AccountsDependencies {
  readonly store: UserStore
  readonly passwords: Passwords
  readonly verificationTokens: VerificationTokens
  /** Told of a user whose outbox has grown; must not throw. */
  readonly announce: (user: UserDocument) => void
  readonly now: () => Date
}

const newAccountSchema = z.object({
  email: z.email('email must be an e-mail address').max(254, 'email must have at most 254 characters'),
  password: z
    .string()
    .min(12, 'password must have 12 to 128 characters')
    .max(128, 'password must have 12 to 128 characters'),
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
  verificationTokens,
  announce,
  now,
}: AccountsDependencies): Accounts {
  return {
    async signUp(raw, requestId) {
      const { email, password, locale } = parseInput(newAccountSchema, raw)
      const user: UserDocument = {
        _id: randomUUID(),
        email,
        emailCanonical: canonical(email),
        emailVerified: false,
        passwordHash: await passwords.hash(password),
        locale,
        outbox: [{ id: randomUUID(), type: 'emailVerificationRequested', requestId }],
        outboxPending: true,
        createdAt: now(),
      }
      if (!(await store.insert(user))) throw new DomainError('EMAIL_TAKEN')
      announce(user)
      return user
    },
    async authenticate(email, password) {
      const user = await store.readByEmail(canonical(email))
      // A longer one cannot be right, and would only cost work.
      const tried = password.length <= 128 ? password : ''
      if (!(await passwords.matches(tried, user?.passwordHash ?? null)) || user === null)
        throw new DomainError('INVALID_CREDENTIALS')
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
