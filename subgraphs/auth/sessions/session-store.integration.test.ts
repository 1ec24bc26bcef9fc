import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createSessionStore, type SessionStore } from './session-store.ts'

const at = (day: number) => new Date(Date.UTC(2026, 0, day))
const tokenOf = (hash: string, expiresAt = at(30)) => ({
  _id: hash,
  sessionId: 'session',
  usedAt: null,
  successorSalt: null,
  expiresAt,
})

describe('the store of sessions', () => {
  let mongo: TestDatabase
  let store: SessionStore
  before(async () => {
    mongo = createTestDatabase()
    store = createSessionStore(mongo.database)
    await store.prepare()
  })
  after(() => mongo[Symbol.asyncDispose]())

  it('lets all who use a token at once see the one first use', async () => {
    await store.insertToken(tokenOf('shared'))
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.markUsed('shared', { usedAt: at(2), successorSalt: `salt-${index}` }),
      ),
    )
    assert.equal(new Set(seen.map((token) => token?.successorSalt)).size, 1)
  })

  it('keeps a token that is there when it is inserted again', async () => {
    await store.insertToken(tokenOf('twice'))
    await store.markUsed('twice', { usedAt: at(2), successorSalt: 'salt' })
    await store.insertToken(tokenOf('twice'))
    assert.equal((await store.readToken('twice'))?.successorSalt, 'salt')
  })

  it('notes no use of a token that is not there', async () => {
    assert.equal(await store.markUsed('nobody', { usedAt: at(2), successorSalt: 'salt' }), null)
  })

  it('keeps when and by what a session was used last, and makes none of one that is gone', async () => {
    const at1 = { createdAt: at(1), lastUsedAt: at(1), expiresAt: at(30) }
    const session = { _id: 'used', userId: 'user', ended: false, endedAt: null, client: null, ...at1 }
    await store.insertSession(session)
    const use = { lastUsedAt: at(3), client: 'Firefox on Linux' }
    await store.noteUse('used', use)
    await store.noteUse('gone', use)
    assert.deepEqual(await store.readSession('used'), { ...session, ...use })
    assert.equal(await store.readSession('gone'), null)
  })

  it('reads sessions that a version began which did not note by what', async () => {
    const begun = { createdAt: at(1), lastUsedAt: at(1), expiresAt: at(30) }
    const older = { _id: 'older', userId: 'early', ended: false, endedAt: null, ...begun }
    await mongo.database.collection<typeof older>('sessions').insertOne(older)
    assert.deepEqual(await store.readSession('older'), { ...older, client: null })
    assert.deepEqual(await store.listLive('early', at(2)), [{ ...older, client: null }])
  })

  it('removes what is over and nothing else', async () => {
    const begun = { createdAt: at(1), lastUsedAt: at(12), client: null }
    const session = { userId: 'over', ended: false, endedAt: null, ...begun }
    for (const [name, day] of [
      ['past', 10],
      ['coming', 20],
    ] as const) {
      await store.insertToken(tokenOf(name, at(day)))
      await store.insertSession({ _id: name, ...session, expiresAt: at(day) })
    }
    const live = { ...session, expiresAt: at(20) }
    await store.insertSession({ ...live, _id: 'unused', lastUsedAt: at(10) })
    for (const [_id, day] of [
      ['long ended', 13],
      ['just ended', 15],
    ] as const)
      await store.insertSession({ ...live, _id, ended: true, endedAt: at(day) })
    await store.removeOver({ expired: at(15), ended: at(14), unused: at(11) })
    assert.equal(await store.readToken('past'), null)
    assert.equal((await store.readToken('coming'))?._id, 'coming')
    for (const [id, isThere] of [
      ['past', false],
      ['unused', false],
      ['long ended', false],
      ['just ended', true],
      ['coming', true],
    ] as const)
      assert.equal((await store.readSession(id)) !== null, isThere, id)
  })
})
