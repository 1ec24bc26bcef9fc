/** Proving that an address is an account's: the mail shows who has the inbox, a session or password who made the account. */
import { randomUUID } from 'node:crypto'
import type { AccountDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import { hashAddress, type VerificationTokens } from '#auth/keys/verification-tokens.ts'
import type { AccountsDependencies } from './accounts.ts'
import { createCheckPassword } from './check-password.ts'
import { canonicalAddress } from './email-address.ts'
import { requireAccount } from './guests.ts'

export interface AddressProof {
  readonly token: string
  readonly password: string | null
  /** Who is signed in. */
  readonly identity: Pick<Identity, 'userId'> | null
}

export interface AddressProofs {
  /** Has the mail that verifies the address sent once more. @throws DomainError SIGN_UP_REQUIRED, TOO_MANY_REQUESTS. */
  request(userId: string, request: AccountRequest): Promise<void>
  /**
   * Idempotent. Where it took no more than the mail, the owner of an inbox would verify the account of a stranger.
   * @throws DomainError VERIFICATION_TOKEN_INVALID, EMAIL_TAKEN; UNAUTHENTICATED without session and password;
   * INVALID_CREDENTIALS, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE.
   */
  verify(proof: AddressProof, request: AccountRequest): Promise<AccountDocument>
}

export interface AddressProofsDependencies extends AccountsDependencies {
  readonly verificationTokens: VerificationTokens
}

export function createAddressProofs(dependencies: AddressProofsDependencies): AddressProofs {
  const { store, passwords, throttles, verificationTokens, sessions, announce } = dependencies
  const checkPassword = createCheckPassword(throttles, passwords)

  const requirePassword = async (user: AccountDocument, password: string | null, request: AccountRequest) => {
    if (password === null) throw new DomainError('UNAUTHENTICATED', needsProof)
    await checkPassword({ account: user.emailCanonical, password, read: async () => user }, request)
  }

  return {
    async request(userId, { requestId, network }) {
      const user = await store.read(userId)
      if (user !== null) requireAccount(user)
      await throttles.requestMail(userId, network)
      if (user === null || user.emailVerified) return
      const entry = { id: randomUUID(), type: 'emailVerificationRequested', requestId } as const
      const owing = await store.oweOf(userId, entry)
      if (owing) announce({ ...owing, outbox: [entry] })
    },
    async verify({ token, password, identity }, request) {
      const { userId, addressHash } = await verificationTokens.verify(token)
      const user = await store.read(userId)
      if (user === null || user.guestUntil !== null) throw new DomainError('VERIFICATION_TOKEN_INVALID')
      const address = canonicalAddress(user.email)
      if (hashAddress(address) !== addressHash) throw new DomainError('VERIFICATION_TOKEN_INVALID')
      if (identity?.userId !== userId) await requirePassword(user, password, request)
      if (user.emailVerified) return user
      const holder = await store.readByEmail(address)
      if (holder && holder._id !== userId && (await store.loseAddress(holder._id, address)))
        await sessions.endAll(holder._id)
      const entry = { id: randomUUID(), type: 'emailVerified', requestId: request.requestId } as const
      const changed = await store.markVerified(userId, address, entry)
      if (changed === 'TAKEN') throw new DomainError('EMAIL_TAKEN')
      if (changed) announce({ ...user, outbox: [entry] })
      return { ...user, emailCanonical: address, emailVerified: true }
    },
  }
}

const needsProof = 'Give the password of the account that this link is for, or sign in to it first.'
