/** Tells whoever listens at the broker that a session has ended; the router, which asks, does not depend on it. */
import { credentialRevokedSchema } from '#schema/messages/credential-revoked.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'
import { revocationKey } from '#runtime/tokens/revoked-sessions.ts'

export const announceEndedBy =
  (publisher: Pick<Publisher, 'publishTransient'>) =>
  (sessionId: string): void =>
    publisher.publishTransient({
      exchange: exchanges.events,
      routingKey: revocationKey,
      schema: credentialRevokedSchema,
      body: { sessionId },
    })
