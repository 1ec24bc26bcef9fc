import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { credentialRevokedSchema } from '#schema/messages/credential-revoked.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'
import { refuseEndedSessions } from './refuse-ended-sessions.ts'
import { listenForRevocations, revocationKey } from './revoked-sessions.ts'

describe('a subgraph that listens for ended sessions', () => {
  it('takes their tokens no longer, and those of others as before', async () => {
    await using resources = new AsyncDisposableStack()
    const log = pino({ level: 'silent' })
    const vhost = resources.use(await createTestVhost())
    const rabbit = resources.use(await connectRabbit(vhost.url, log))
    const publisher = resources.use(await createPublisher(rabbit))
    const revoked = resources.use(await listenForRevocations(rabbit, log))
    const verify = async (sessionId: string) => ({
      userId: 'ada',
      sessionId,
      emailVerified: true,
      isGuest: false,
      expiresAtMs: 0,
    })
    const accessTokens = refuseEndedSessions({ verify }, revoked.has)
    await accessTokens.verify('stolen')
    await publisher.publish({
      exchange: exchanges.events,
      routingKey: revocationKey,
      schema: credentialRevokedSchema,
      body: { sessionId: 'stolen' },
    })
    await waitUntil('the end of the session is known', () => revoked.has('stolen'))
    await assert.rejects(accessTokens.verify('stolen'), { code: 'UNAUTHENTICATED' })
    assert.equal((await accessTokens.verify('kept')).sessionId, 'kept')
  })
})
