import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { AccountDocument, GuestDocument } from '#schema/documents/user-document.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createUserStore, type UserStore } from './user-store.ts'

const requestId = 'request-1'

const newUser = (name: string): AccountDocument => ({
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
  guestUntil: null,
})

const newGuest = (name: string, guestUntil = new Date(1_000)): GuestDocument => ({
  ...newUser(name),
  email: null,
  emailCanonical: `claim:${name}`,
  emailVerified: false,
  passwordHash: null,
  outbox: [],
  outboxPending: false,
  guestUntil,
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

  it('makes a guest an account once, however many ask at once', async () => {
    await store.insert(newGuest('dan'))
    const accounts = Array.from({ length: 10 }, (_, index) => ({
      ...newUser('dan'),
      email: `dan-${index}@example.com`,
      emailCanonical: `dan-${index}@example.com`,
    }))
    const changed = await Promise.all(accounts.map((account) => store.becomeAccount(account)))
    assert.deepEqual(
      [changed.filter((did) => did === true).length, changed.filter((did) => did === false).length],
      [1, 9],
    )
    assert.deepEqual(await store.read('dan'), accounts[changed.indexOf(true)])
    assert.ok((await owing()).includes('dan'))
    assert.equal(await store.becomeAccount(newUser('nobody')), false)
    assert.equal(await store.read('nobody'), null)
  })

  it('leaves a guest one whose address is taken', async () => {
    const guest = newGuest('eve')
    await store.insert(guest)
    await store.insert(newUser('fay'))
    assert.equal(await store.becomeAccount({ ...newUser('eve'), emailCanonical: 'fay@example.com' }), 'TAKEN')
    assert.deepEqual(await store.read('eve'), guest)
  })

  it('removes guests that did not come back, and no others', async () => {
    await store.insert(newGuest('gus', new Date(5_000)))
    await store.insert(newGuest('hal', new Date(5_000)))
    await store.insert(newUser('ida'))
    const over = async (at: number) =>
      (await Array.fromAsync(store.guestsOver(new Date(at)))).map(({ _id }) => _id).toSorted()
    assert.deepEqual(await over(5_000), ['eve'])
    assert.deepEqual(await over(5_001), ['eve', 'gus', 'hal'])
    assert.equal(await store.keepGuest('hal', new Date(9_000)), true)
    assert.deepEqual(await over(5_001), ['eve', 'gus'])
    const removed = await Promise.all(
      ['gus', 'hal', 'ida'].map((name) => store.removeGuest(name, new Date(5_001))),
    )
    assert.deepEqual(removed, [true, false, false])
    for (const name of ['gus', 'ida']) assert.equal(await store.keepGuest(name, new Date(9_000)), false)
  })

  it('takes no guest for an account that has an address', async () => {
    const entry = { id: 'entry', type: 'passwordResetRequested', requestId } as const
    assert.equal(await store.readByEmail('claim:eve'), null)
    assert.equal(await store.owe('claim:eve', entry), null)
    assert.equal(await store.oweOf('eve', entry), null)
    const unverified = await Array.fromAsync(store.unverifiedSince(new Date(99_000)))
    assert.equal(
      unverified.some(({ _id }) => _id === 'eve'),
      false,
    )
    assert.equal(await store.removeUnverified('eve'), false)
    assert.equal((await store.read('eve'))?.outboxPending, false)
  })
})
