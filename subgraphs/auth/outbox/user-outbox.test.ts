import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { UserDocument } from '#schema/documents/user-document.ts'
import type { Publication } from '#runtime/rabbit/publisher.ts'
import { createUserOutbox } from './user-outbox.ts'

type Owing = Pick<UserDocument, '_id' | 'outbox'>
const owing = (): Owing => ({
  _id: 'user-1',
  outbox: [
    { id: 'entry-1', type: 'emailVerificationRequested', requestId: 'request-1' },
    { id: 'entry-2', type: 'emailVerified', requestId: 'request-2' },
  ],
})

/** A broker that is away until it is brought back, and one user who owes it two messages. */
function startOutbox({ away = false } = {}) {
  const published: { routingKey: string; body: unknown; headers: unknown }[] = []
  const user = owing()
  const outbox = createUserOutbox({
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
  return { outbox, user, published, bringBack: () => void (away = false) }
}

const { signal } = new AbortController()

describe('what a user owes the broker', () => {
  it('is published in order with the ids of the requests that caused it, and then owed no more', async () => {
    const { outbox, user, published } = startOutbox()
    outbox.announce(owing())
    await outbox[Symbol.asyncDispose]()
    assert.deepEqual(published, [
      {
        routingKey: 'user.emailVerificationRequested',
        body: { type: 'emailVerificationRequested', userId: 'user-1', eventId: 'entry-1' },
        headers: { requestId: 'request-1' },
      },
      {
        routingKey: 'user.emailVerified',
        body: { type: 'emailVerified', userId: 'user-1', eventId: 'entry-2' },
        headers: { requestId: 'request-2' },
      },
    ])
    assert.deepEqual(user.outbox, [])
  })

  it('stays owed while the broker is away, and is published by the next sweep once it was seen in one', async () => {
    const { outbox, user, published, bringBack } = startOutbox({ away: true })
    outbox.announce(owing())
    await outbox[Symbol.asyncDispose]()
    await outbox.sweep(signal)
    await assert.rejects(outbox.sweep(signal))
    assert.equal(user.outbox.length, 2)
    bringBack()
    await outbox.sweep(signal)
    assert.equal(published.length, 2)
    assert.deepEqual(user.outbox, [])
  })

  it('is left for the next start by a sweep that is told to end', async () => {
    const { outbox, user } = startOutbox()
    await outbox.sweep(signal)
    await outbox.sweep(AbortSignal.abort())
    assert.equal(user.outbox.length, 2)
  })
})
