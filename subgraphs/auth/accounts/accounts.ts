/** Making accounts, and signing in to them. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { AccountDocument, UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { Sessions } from '#auth/sessions/sessions.ts'
import type { AccountThrottles, TriedSignIn } from './account-throttles.ts'
import { createCheckPassword, orTakeBack } from './check-password.ts'
import { canonicalAddress, claimOf } from './email-address.ts'
import { newPasswordSchema, refuseOwnAddress } from './password-strength.ts'
import type { Passwords } from './passwords.ts'
import { renewHash } from './renew-hash.ts'
import type { UserStore } from './user-store.ts'

export interface Accounts {
  /**
   * By a guest, who becomes the account, with whatever is its own.
   * @throws DomainError BAD_USER_INPUT, EMAIL_TAKEN, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE; UNAUTHENTICATED where the guest
   * is none any more.
   */
  signUp(input: unknown, request: AccountRequest, guestId: string | null): Promise<AccountDocument>
  /** @throws DomainError INVALID_CREDENTIALS, whichever of the two is; TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE. */
  authenticate(email: string, password: string, request: AccountRequest): Promise<AccountDocument>
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
  const { store, passwords, throttles, sessions, announce, now } = dependencies
  const checkPassword = createCheckPassword(throttles, passwords)

  /** Resolves to false when the address is taken. */
  const put = async (account: AccountDocument, isGuest: boolean) => {
    if (!isGuest) return await store.insert(account)
    const changed = await store.becomeAccount(account)
    if (changed === false) throw new DomainError('UNAUTHENTICATED', guestIsOver)
    return changed === true
  }

  /**
   * Whether an account without proof has the address. A password is hashed whether one has or not: the time tells no more
   * than the answer. @throws DomainError EMAIL_TAKEN.
   */
  const isHeld = async (address: string, { password, request, tried }: Attempt) => {
    const holder = await store.readByEmail(address)
    const matching = passwords.matches(password, holder?.passwordHash ?? null, request)
    const isTheirs = await orTakeBack(tried, matching)
    if (holder?.emailVerified) throw new DomainError('EMAIL_TAKEN')
    if (!isTheirs) return holder !== null
    // The same person again, whose account it is already.
    await tried.wasRight()
    throw new DomainError('EMAIL_TAKEN')
  }

  /** As who has proven it may have the address yet, an account without proof does not keep it from others. */
  const putUnproven = async (account: AccountDocument, isGuest: boolean, attempt: Attempt) => {
    const address = account.emailCanonical
    if (!(await isHeld(address, attempt))) {
      if (await put(account, isGuest)) return account
      // Somebody else was quicker.
      await isHeld(address, attempt)
    }
    const claim = { ...account, emailCanonical: claimOf(account._id) }
    await put(claim, isGuest)
    return claim
  }

  return {
    async signUp(raw, request, guestId) {
      const { email, password, locale } = parseInput(newAccountSchema, raw, 'input')
      refuseOwnAddress(password, email, 'input.password')
      await throttles.signUp(request.network)
      const emailCanonical = canonicalAddress(email)
      // The answer tells whether the password is the holder's. It counts whoever has the address, or the limit would tell that.
      const tried = await throttles.trySignIn(emailCanonical, null, request)
      const account: AccountDocument = {
        _id: guestId ?? randomUUID(),
        email,
        emailCanonical,
        emailVerified: false,
        passwordHash: await orTakeBack(tried, passwords.hash(password, request)),
        passwordResets: [],
        locale,
        outbox: [{ id: randomUUID(), type: 'emailVerificationRequested', requestId: request.requestId }],
        outboxPending: true,
        createdAt: now(),
        guestUntil: null,
      }
      const made = await putUnproven(account, guestId !== null, { password, request, tried })
      announce(made)
      // Their tokens say that this is a guest, whose conversions owe no mail. Where this process dies first, they do so until they
      // are refreshed, ten minutes at most; whose they are does not change.
      if (guestId !== null) await sessions.endAll(guestId)
      return made
    },
    async authenticate(email, password, request) {
      const account = canonicalAddress(email)
      const read = () => store.readByEmail(account)
      const user = await checkPassword({ account, password, read }, request)
      return await renewHash({ store, passwords }, user, password, request)
    },
  }
}

interface Attempt {
  readonly password: string
  readonly request: AccountRequest
  readonly tried: TriedSignIn
}

const guestIsOver =
  'This guest has signed up already, or is over: sign in, or sign up without the access token.'
