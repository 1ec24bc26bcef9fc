/**
 * Removes accounts with all that others keep of theirs: first the intent is recorded, then the account goes, then the others are
 * told. Whoever dies in between leaves the intent, from which a sweep goes on; every step may be done twice.
 */
import { userRemovedSchema } from '#schema/messages/user-removed.ts'
import { createOutbox, type Outbox } from '#runtime/outbox/outbox.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges, userRemovedKey } from '#runtime/rabbit/topology.ts'
import type { UserStore } from '#auth/accounts/user-store.ts'
import type { Sessions } from '#auth/sessions/sessions.ts'
import type { RemovalStore } from './removal-store.ts'

export interface Removals extends Pick<Outbox<unknown>, 'sweep'>, AsyncDisposable {
  /** Removes an account that has not proven its address, unless it is proven meanwhile. @throws Error: the sweep goes on. */
  removeUnverified(userId: string): Promise<void>
}

export interface RemovalsDependencies {
  readonly store: RemovalStore
  readonly users: Pick<UserStore, 'read' | 'removeUnverified'>
  readonly sessions: Pick<Sessions, 'endAll'>
  readonly publisher: Pick<Publisher, 'publish'>
  readonly log: Logger
  readonly now: () => Date
}

export function createRemovals({
  store,
  users,
  sessions,
  publisher,
  log,
  now,
}: RemovalsDependencies): Removals {
  const carryOut = async (userId: string) => {
    if (await users.removeUnverified(userId))
      log.info({ userId }, 'an account was removed, as nobody had proven its address for 7 days')
    // Proven meanwhile. As that is for good, nobody else who is at this removal can remove the account any more.
    if ((await users.read(userId)) !== null) return await store.remove(userId)
    await sessions.endAll(userId)
    await publisher.publish({
      exchange: exchanges.events,
      routingKey: userRemovedKey,
      schema: userRemovedSchema,
      body: { type: 'removed', userId },
      mandatory: true,
    })
    await store.remove(userId)
  }
  const outbox = createOutbox({
    owing: () => store.each(),
    keyOf: ({ _id }) => _id,
    about: ({ _id }) => ({ userId: _id }),
    publish: ({ _id }) => carryOut(_id),
    log,
  })
  return {
    async removeUnverified(userId) {
      const removal = { _id: userId, createdAt: now() }
      await store.insert(removal)
      await outbox.announceNow(removal)
    },
    sweep: outbox.sweep,
    [Symbol.asyncDispose]: () => outbox[Symbol.asyncDispose](),
  }
}
