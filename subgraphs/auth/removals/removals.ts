/**
 * Removes accounts with all that others keep of theirs: first the intent is recorded, then the account goes, then the others are
 * told. Whoever dies in between leaves the intent, from which a sweep goes on; every step may be done twice. Others are told
 * once more a day later: the broker may have lost its queues with the first message.
 */
import type { RemovalCause, RemovalDocument } from '#schema/documents/removal-document.ts'
import { userRemovedSchema } from '#schema/messages/user-removed.ts'
import { createOutbox, type Outbox } from '#runtime/outbox/outbox.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges, userRemovedKey } from '#runtime/rabbit/topology.ts'
import type { UserStore } from '#auth/accounts/user-store.ts'
import type { Sessions } from '#auth/sessions/sessions.ts'
import type { RemovalStore } from './removal-store.ts'

export interface Removals extends Pick<Outbox<unknown>, 'sweep'>, AsyncDisposable {
  /**
   * Removes an account unless its cause no longer holds, and ends its sessions; others are told in the background. Resolves to
   * whether the account is gone. @throws Error: the sweep goes on.
   */
  remove(userId: string, cause: RemovalCause): Promise<boolean>
}

export interface RemovalsDependencies {
  readonly store: RemovalStore
  readonly users: Pick<UserStore, 'read' | 'remove' | 'removeUnverified' | 'removeGuest'>
  readonly sessions: Pick<Sessions, 'endAll'>
  readonly publisher: Pick<Publisher, 'publish'>
  readonly log: Logger
  readonly now: () => Date
}

const toldAgainAfterMs = 24 * 3_600_000

export function createRemovals(dependencies: RemovalsDependencies): Removals {
  const { store, users, sessions, publisher, log, now } = dependencies
  const causes: Readonly<Record<RemovalCause, { remove: UserStore['removeGuest']; why: string }>> = {
    UNPROVEN: { remove: users.removeUnverified, why: 'nobody had proven its address for 7 days' },
    GUEST_OVER: { remove: users.removeGuest, why: 'it was a guest that did not come back' },
    BEGUN_ANEW: {
      remove: users.removeUnverified,
      why: 'who has its inbox proved its address and began anew',
    },
    WISHED: { remove: users.remove, why: 'its user wished it' },
  }
  /** Resolves to whether it is gone. */
  const end = async ({ userId, cause, createdAt }: RemovalDocument) => {
    const { remove, why } = causes[cause]
    if (await remove(userId, createdAt)) log.info({ userId }, `an account was removed, as ${why}`)
    if ((await users.read(userId)) !== null) return false
    await sessions.endAll(userId)
    return true
  }
  const outbox = createOutbox<RemovalDocument>({
    owing: () => store.owing(new Date(now().getTime() - toldAgainAfterMs)),
    keyOf: ({ _id, toldAt }) => `${_id} ${toldAt?.getTime()}`,
    about: ({ userId }) => ({ userId }),
    async publish(removal) {
      const { _id, userId, toldAt } = removal
      // Kept, as it was proven, or the guest came back or signed up meanwhile: for good, so that nobody else who is at this
      // removal can remove it any more.
      if (!(await end(removal))) return await store.remove(_id)
      await publisher.publish({
        exchange: exchanges.events,
        routingKey: userRemovedKey,
        schema: userRemovedSchema,
        body: { type: 'removed', userId },
        mandatory: true,
      })
      await (toldAt === null ? store.noteTold(_id, now()) : store.remove(_id))
    },
    log,
  })
  return {
    async remove(userId, cause) {
      const removal = { _id: `${userId}:${cause}`, userId, cause, createdAt: now(), toldAt: null }
      await store.insert(removal)
      const isGone = await end(removal)
      outbox.announce(removal)
      return isGone
    },
    sweep: outbox.sweep,
    [Symbol.asyncDispose]: () => outbox[Symbol.asyncDispose](),
  }
}
