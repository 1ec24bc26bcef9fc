/** Guests: users without an account, for as long as they come back. */
import { randomUUID } from 'node:crypto'
import type { AccountDocument, GuestDocument, UserDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import type { AccountThrottles } from './account-throttles.ts'
import { claimOf } from './email-address.ts'
import type { UserStore } from './user-store.ts'

export interface Guests {
  /** @throws DomainError TOO_MANY_REQUESTS. */
  begin(request: AccountRequest): Promise<GuestDocument>
  /** Lets a guest stay for as long again; accounts stay as they are. Null where it is none any more. */
  keep(user: UserDocument): Promise<UserDocument | null>
}

export interface GuestsDependencies {
  readonly store: Pick<UserStore, 'insert' | 'keepGuest'>
  readonly throttles: Pick<AccountThrottles, 'beginGuest'>
  readonly lifetimeMs: number
  readonly now: () => Date
}

export function createGuests({ store, throttles, lifetimeMs, now }: GuestsDependencies): Guests {
  const untilWhen = () => new Date(now().getTime() + lifetimeMs)
  return {
    async begin({ addressBlock, network }) {
      await throttles.beginGuest(addressBlock, network)
      const _id = randomUUID()
      const guest: GuestDocument = {
        _id,
        email: null,
        emailCanonical: claimOf(_id),
        emailVerified: false,
        passwordHash: null,
        passwordResets: [],
        locale: 'en',
        outbox: [],
        outboxPending: false,
        createdAt: now(),
        guestUntil: untilWhen(),
      }
      await store.insert(guest)
      return guest
    },
    async keep(user) {
      if (user.guestUntil === null) return user
      const guestUntil = untilWhen()
      return (await store.keepGuest(user._id, guestUntil)) ? { ...user, guestUntil } : null
    },
  }
}

/** @throws DomainError SIGN_UP_REQUIRED for a guest. */
export function requireAccount(user: UserDocument): asserts user is AccountDocument {
  if (user.guestUntil !== null) throw new DomainError('SIGN_UP_REQUIRED')
}
