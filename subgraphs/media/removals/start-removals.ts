/** Hears of accounts that are gone, and removes what their users have here. */
import type { Db } from 'mongodb'
import { userRemovedSchema } from '#schema/messages/user-removed.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { repeat } from '#runtime/process/repeat.ts'
import type { Rabbit } from '#runtime/rabbit/connection.ts'
import { startConsumer } from '#runtime/rabbit/consumer.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { queues } from '#runtime/rabbit/topology.ts'
import type { Conversions } from '#media/conversions/conversions.ts'
import type { MediaScope } from '#media/media-settings.ts'
import type { EndUploadsOf } from '#media/uploads/end-uploads-of.ts'
import { createForgetUser } from './forget-user.ts'
import { createRemovedUserStore } from './removed-user-store.ts'
import { createRemovedUsers } from './removed-users.ts'

export interface StartRemovalsDependencies {
  readonly database: Db
  readonly rabbit: Rabbit
  readonly publisher: Publisher
  readonly ledger: Ledger
  readonly conversions: Conversions
  readonly endUploadsOf: EndUploadsOf
}

export async function startRemovals(
  { log, signal, resources }: MediaScope,
  { database, rabbit, publisher, ledger, conversions, endUploadsOf }: StartRemovalsDependencies,
): Promise<void> {
  const forgetUser = createForgetUser({ ledger, conversions, endUploadsOf, log })
  const removedUsers = createRemovedUsers({ store: createRemovedUserStore(database, log), forgetUser })
  const consumption = { queue: queues.forget, schema: userRemovedSchema, prefetch: 2, signal }
  const consumer = await startConsumer(
    { rabbit, publisher, log },
    { ...consumption, handle: (event, delivery) => removedUsers.hear(event, delivery.signal) },
  )
  resources.use(consumer)
  resources.use(repeat(removedUsers.sweep, { name: 'removed users', everyMs: 600_000, log }))
}
