/** New passwords for old accounts: by a link to the inbox, or by the old password. */
import { randomUUID } from 'node:crypto'
import type { AccountDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import { findReset, issueResetToken, userOfResetToken } from '#auth/keys/reset-tokens.ts'
import type { Removals } from '#auth/removals/removals.ts'
import type { AccountsDependencies } from './accounts.ts'
import { createCheckPassword } from './check-password.ts'
import { canonicalAddress, hasAddress } from './email-address.ts'
import { requireAccount } from './guests.ts'
import { newPasswordSchema, refuseOwnAddress } from './password-strength.ts'

export interface PasswordChanges {
  /** The same answer and work whether there is such an account or not. @throws DomainError TOO_MANY_REQUESTS. */
  requestReset(email: string, request: AccountRequest): Promise<void>
  /** Beside earlier ones: whoever asks for more must not spoil the link that somebody waits for. */
  issueReset(user: AccountDocument): Promise<string>
  /**
   * Ends all sessions. An account that nobody had proven ends with all that is its own, and a new one has the address.
   * @throws DomainError PASSWORD_RESET_TOKEN_INVALID, BAD_USER_INPUT, SERVICE_UNAVAILABLE.
   */
  reset(token: string, newPassword: string, request: AccountRequest): Promise<AccountDocument>
  /** Ends all other sessions. @throws DomainError SIGN_UP_REQUIRED, INVALID_CREDENTIALS, BAD_USER_INPUT, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  change(
    identity: Identity,
    input: { currentPassword: string; newPassword: string },
    request: AccountRequest,
  ): Promise<AccountDocument>
}

export interface PasswordChangesDependencies extends AccountsDependencies {
  readonly removals: Pick<Removals, 'remove'>
}

export function createPasswordChanges(dependencies: PasswordChangesDependencies): PasswordChanges {
  const { store, passwords, throttles, sessions, removals, announce, now } = dependencies
  const checkPassword = createCheckPassword(throttles, passwords)

  /**
   * Who has the token has the inbox, and need not be who made the account: what a stranger put into it must not become theirs,
   * nor its mails be sent. It goes, and they have a new one with the address proven.
   */
  const beginAnew = async (unproven: AccountDocument) => {
    const isGone = await removals.remove(unproven._id, 'BEGUN_ANEW')
    // Proven meanwhile, by its own password or session.
    if (!isGone) return { ...unproven, emailVerified: true }
    const nothingOwed = { passwordResets: [], outbox: [], outboxPending: false }
    const account = { ...unproven, ...nothingOwed, _id: randomUUID(), emailVerified: true, createdAt: now() }
    if (await store.insert(account)) return account
    // Somebody signed up with the address in between: the next link proves it.
    throw new DomainError('PASSWORD_RESET_TOKEN_INVALID')
  }

  return {
    async requestReset(email, { requestId, network }) {
      const emailCanonical = canonicalAddress(email)
      await throttles.requestMail(emailCanonical, network)
      const entry = { id: randomUUID(), type: 'passwordResetRequested', requestId } as const
      const user = await store.owe(emailCanonical, entry)
      if (user) announce({ ...user, outbox: [entry] })
    },
    async issueReset(user) {
      const { token, stored } = issueResetToken(user._id, now())
      await store.keepReset(user._id, stored, now())
      return token
    },
    async reset(token, newPassword, request) {
      const user = await store.read(userOfResetToken(token))
      const reset = user && findReset(token, user, now())
      if (!reset || user.guestUntil !== null) throw new DomainError('PASSWORD_RESET_TOKEN_INVALID')
      parseInput(newPasswordSchema, newPassword, 'input.newPassword')
      refuseOwnAddress(newPassword, user.email, 'input.newPassword')
      const passwordHash = await passwords.hash(newPassword, request)
      if (!(await store.resetPassword(user._id, reset.tokenHash, passwordHash)))
        throw new DomainError('PASSWORD_RESET_TOKEN_INVALID')
      await sessions.endAll(user._id)
      const changed = { ...user, passwordHash }
      const account = user.emailVerified || !hasAddress(user) ? changed : await beginAnew(changed)
      await throttles.know(account._id, request.addressBlock)
      return account
    },
    async change({ userId, sessionId }, { currentPassword, newPassword }, request) {
      const user = await store.read(userId)
      if (user === null) throw new DomainError('UNAUTHENTICATED')
      requireAccount(user)
      parseInput(newPasswordSchema, newPassword, 'input.newPassword')
      refuseOwnAddress(newPassword, user.email, 'input.newPassword')
      const { emailCanonical: account } = user
      await checkPassword({ account, password: currentPassword, read: async () => user }, request)
      const passwordHash = await passwords.hash(newPassword, request)
      if (!(await store.replacePassword(userId, user.passwordHash, passwordHash)))
        throw new DomainError('INVALID_CREDENTIALS')
      await sessions.endAll(userId, sessionId)
      return { ...user, passwordHash }
    },
  }
}
