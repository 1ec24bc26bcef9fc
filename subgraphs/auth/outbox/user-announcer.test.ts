import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { UserDocument } from '#schema/documents/user-document.ts'
import type { Publication } from '#runtime/rabbit/publisher.ts'
import { createUserAnnouncer } from './user-announcer.ts'

type Owing = Pick<UserDocument, '_id' | 'outbox'>
const owing = (): Owing => ({
  _id: 'user-1',
  outbox: [
    { id: 'entry-1', type: 'emailVerificationRequested' },
    { id: 'entry-2', type: 'emailVerified' },
  ],
})

/** A broker that is away until it is brought back, and one user who owes it two messages. */
function startAnnouncer({ away = false } = {}) {
  const published: { routingKey: string; body: unknown; headers: unknown }[] = []
  const user = owing()
  const announcer = createUserAnnouncer({
    store: {
      async *withOutbox() {
        if (user.outbox.length > 0) yield { ...user } as UserDocument
      },
      removeFromOutbox: async (_id, entryId) =>
        void (user.outbox = user.outbox.filter(({ id }) => id !== entryId)),
    },
    publisher: {
      async publish<T>({ routingKey, body, headers }: Publication<T>) {
        if (away) throw new Error('the broker is away')
        published.push({ routingKey, body, headers })
      },
    },
    log: pino({ level: 'silent' }),
  })
  return { announcer, user, published, bringBack: () => void (away = false) }
}

const { signal } = new AbortController()

describe('what a user owes the broker', () => {
  it('is published in order with the id of its request, and then owed no more', async () => {
    const { announcer, user, published } = startAnnouncer()
    announcer.announce(owing(), 'request-1')
    await announcer[Symbol.asyncDispose]()
    const headers = { requestId: 'request-1' }
    assert.deepEqual(published, [
      {
        routingKey: 'user.emailVerificationRequested',
        body: { type: 'emailVerificationRequested', userId: 'user-1', requestId: 'entry-1' },
        headers,
      },
      {
        routingKey: 'user.emailVerified',
        body: { type: 'emailVerified', userId: 'user-1', requestId: 'entry-2' },
        headers,
      },
    ])
    assert.deepEqual(user.outbox, [])
  })

  it('stays owed while the broker is away, and is published by the next sweep', async () => {
    const { announcer, user, published, bringBack } = startAnnouncer({ away: true })
    announcer.announce(owing(), 'request-1')
    await announcer[Symbol.asyncDispose]()
    await assert.rejects(announcer.sweep(signal))
    assert.equal(user.outbox.length, 2)
    bringBack()
    await announcer.sweep(signal)
    assert.equal(published.length, 2)
    assert.deepEqual(user.outbox, [])
  })

  it('is left for the next start by a sweep that is told to end', async () => {
    const { announcer, user } = startAnnouncer()
    await announcer.sweep(AbortSignal.abort())
    assert.equal(user.outbox.length, 2)
  })
})
