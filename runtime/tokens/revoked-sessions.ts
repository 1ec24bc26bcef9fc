/** The sessions that have ended while access tokens of theirs may be in use, as the broker tells. */
import { LRUCache } from 'lru-cache'
import { credentialRevokedSchema } from '#schema/messages/credential-revoked.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Rabbit } from '#runtime/rabbit/connection.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'
import { accessTokenLifetimeSeconds } from './verify-access-token.ts'

export interface RevokedSessions extends AsyncDisposable {
  has(sessionId: string): boolean
}

export const revocationKey = 'user.credentialRevoked'

/** What is said while the broker is away is missed; the router, which asks auth, does not miss it. */
export async function listenForRevocations(
  rabbit: Pick<Rabbit, 'keepChannel'>,
  log: Logger,
): Promise<RevokedSessions> {
  const ttl = (accessTokenLifetimeSeconds + 60) * 1000
  const revoked = new LRUCache<string, true>({ max: 100_000, ttl })
  const take = (content: Buffer) => {
    try {
      revoked.set(credentialRevokedSchema.parse(JSON.parse(content.toString())).sessionId, true)
    } catch (error) {
      log.error({ err: error }, 'a message about an ended session is malformed and passed over')
    }
  }
  const kept = await rabbit.keepChannel({
    setup: async (channel) => {
      const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true })
      await channel.bindQueue(queue, exchanges.events, revocationKey)
      await channel.consume(queue, (message) => message && take(message.content), { noAck: true })
    },
  })
  return {
    has: (sessionId) => revoked.has(sessionId),
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  }
}
