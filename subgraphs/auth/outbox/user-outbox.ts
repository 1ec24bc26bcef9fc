/** The messages that a user's document owes the broker. */
import type { UserDocument } from '#schema/documents/user-document.ts'
import { userChangedSchema } from '#schema/messages/user-changed.ts'
import { createOutbox, type Outbox } from '#runtime/outbox/outbox.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'
import type { UserStore } from '#auth/accounts/user-store.ts'

type OwingUser = Pick<UserDocument, '_id' | 'outbox'>

export type UserOutbox = Outbox<OwingUser>

export interface UserOutboxDependencies {
  readonly store: Pick<UserStore, 'withOutbox' | 'removeFromOutbox'>
  readonly publisher: Pick<Publisher, 'publish'>
  readonly log: Logger
}

export function createUserOutbox({ store, publisher, log }: UserOutboxDependencies): UserOutbox {
  return createOutbox<OwingUser>({
    owing: () => store.withOutbox(),
    keyOf: ({ _id, outbox }) => [_id, ...outbox.map(({ id }) => id)].join('/'),
    about: ({ _id }) => ({ userId: _id }),
    async publish({ _id: userId, outbox }) {
      for (const { id: eventId, type, requestId } of outbox) {
        await publisher.publish({
          exchange: exchanges.events,
          routingKey: `user.${type}`,
          schema: userChangedSchema,
          body: { type, userId, eventId },
          headers: { requestId },
          mandatory: true,
        })
        await store.removeFromOutbox(userId, eventId)
      }
    },
    log,
  })
}
