import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { UserDocument } from '#schema/documents/user-document.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createUserStore, type UserStore } from './user-store.ts'

const requestId = 'request-1'

const newUser = (name: string): UserDocument => ({
  _id: name,
  email: `${name}@example.com`,
  emailCanonical: `${name}@example.com`,
  emailVerified: false,
  passwordHash: 'hash',
  passwordResets: [],
  locale: 'en',
  outbox: [{ id: `${name}-requested`, type: 'emailVerificationRequested', requestId }],
  outboxPending: true,
  createdAt: new Date(0),
})

describe('the store of users', () => {
  let mongo: TestDatabase
  let store: UserStore
  before(async () => {
    mongo = createTestDatabase()
    store = createUserStore(mongo.database, pino({ level: 'silent' }))
    await store.prepare()
  })
  after(() => mongo[Symbol.asyncDispose]())

  const owing = async () => (await Array.fromAsync(store.withOutbox())).map(({ _id }) => _id)

  it('verifies an address once, however many ask at once, and owes one message for it', async () => {
    await store.insert(newUser('ann'))
    const entries = Array.from({ length: 10 }, (_, index) => `entry-${index}`)
    const changed = await Promise.all(
      entries.map((id) =>
        store.markVerified('ann', 'ann@example.com', { id, type: 'emailVerified', requestId }),
      ),
    )
    assert.equal(changed.filter(Boolean).length, 1)
    assert.deepEqual(
      (await store.read('ann'))?.outbox.map(({ type }) => type),
      ['emailVerificationRequested', 'emailVerified'],
    )
  })

  it('does not verify an address that the user no longer has', async () => {
    await store.insert(newUser('ben'))
    const entry = { id: 'entry', type: 'emailVerified', requestId } as const
    assert.equal(await store.markVerified('ben', 'old@example.com', entry), false)
    assert.equal((await store.read('ben'))?.emailVerified, false)
  })

  it('finds a user until the last of what is owed is removed', async () => {
    await store.insert(newUser('cleo'))
    await store.markVerified('cleo', 'cleo@example.com', { id: 'verified', type: 'emailVerified', requestId })
    await store.removeFromOutbox('cleo', 'cleo-requested')
    assert.ok((await owing()).includes('cleo'))
    await store.removeFromOutbox('cleo', 'verified')
    assert.equal((await owing()).includes('cleo'), false)
  })
})
