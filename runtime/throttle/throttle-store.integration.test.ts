import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createThrottleStore, type PreparedThrottleStore } from './throttle-store.ts'

const now = new Date(Date.UTC(2026, 0, 1))
const dayMs = 86_400_000
const windowOf = (id: string, days = 0) => ({ id, endsAt: new Date(now.getTime() + days * dayMs) })

describe('the store of throttles', () => {
  let mongo: TestDatabase
  let store: PreparedThrottleStore
  before(async () => {
    mongo = createTestDatabase()
    store = createThrottleStore(mongo.database)
    await store.prepare()
  })
  after(() => mongo[Symbol.asyncDispose]())

  it('counts exactly to the limit, however many come at once', async () => {
    const added = await Promise.all(Array.from({ length: 40 }, () => store.add(windowOf('full'), 7)))
    assert.equal(added.filter(Boolean).length, 7)
    await store.takeBack(windowOf('full'))
    assert.deepEqual(
      [await store.add(windowOf('full'), 7), await store.add(windowOf('full'), 7)],
      [true, false],
    )
  })

  it('removes what is over, and what no right clock can have written', async () => {
    for (const [id, days] of [
      ['past', -1],
      ['coming', 1],
      ['never', 400],
    ] as const)
      await store.add(windowOf(id, days), 1)
    await store.removeOver(now)
    const added = await Promise.all(['past', 'coming', 'never'].map((id) => store.add(windowOf(id), 1)))
    assert.deepEqual(added, [true, false, true])
  })
})
