/** Publishes what users' documents owe the broker: at once after each write, and by a sweep for what that missed. */
import type { UserDocument } from '#schema/documents/user-document.ts'
import { userChangedSchema } from '#schema/messages/user-changed.ts'
import type { Logger } from '#runtime/process/log.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'
import type { UserStore } from '#auth/accounts/user-store.ts'

export interface UserAnnouncer extends AsyncDisposable {
  /** The messages carry the id of the request that owes them; those of a sweep, which knows none, do not. */
  announce(user: Pick<UserDocument, '_id' | 'outbox'>, requestId: string): void
  sweep(signal: AbortSignal): Promise<void>
}

export interface UserAnnouncerDependencies {
  readonly store: Pick<UserStore, 'withOutbox' | 'removeFromOutbox'>
  readonly publisher: Pick<Publisher, 'publish'>
  readonly log: Logger
}

/** Disposing waits for the announcements under way. */
export function createUserAnnouncer({ store, publisher, log }: UserAnnouncerDependencies): UserAnnouncer {
  const underWay = new Set<Promise<void>>()
  const announceNow = async ({ _id, outbox }: Pick<UserDocument, '_id' | 'outbox'>, requestId?: string) => {
    for (const { id, type } of outbox) {
      const body = { type, userId: _id, requestId: id }
      await publisher.publish({
        exchange: exchanges.events,
        routingKey: `user.${type}`,
        schema: userChangedSchema,
        mandatory: true,
        body,
        ...(requestId !== undefined && { headers: { requestId } }),
      })
      await store.removeFromOutbox(_id, id)
    }
  }
  return {
    announce(user, requestId) {
      const work = announceNow(user, requestId).catch((error: unknown) => {
        log.warn(
          { err: error, userId: user._id, requestId },
          'an announcement failed; the sweep will repeat it',
        )
      })
      underWay.add(work)
      void work.finally(() => underWay.delete(work))
    },
    sweep: (signal) => sweepOver(store.withOutbox(), signal, (user) => announceNow(user)),
    async [Symbol.asyncDispose]() {
      await Promise.all(underWay)
    },
  }
}
