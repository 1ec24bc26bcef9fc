import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createKnownBlocks } from './known-blocks.ts'

const dayMs = 86_400_000
const home = '203.0.113.7/32'

describe('from where a right password came', () => {
  let mongo: TestDatabase
  let nowMs = Date.UTC(2026, 0, 1)
  const [old, next] = [randomBytes(32), randomBytes(32)]
  const blocksBy = (...keys: [Buffer, ...Buffer[]]) =>
    createKnownBlocks(mongo.database, keys, () => new Date(nowMs))
  before(() => void (mongo = createTestDatabase()))
  after(() => mongo[Symbol.asyncDispose]())

  it('is known of that user alone, for 30 days from the last time', async () => {
    const blocks = blocksBy(old)
    await blocks.remember('ann', home)
    assert.equal(await blocks.knows('ann', home), true)
    assert.equal(await blocks.knows('ben', home), false)
    assert.equal(await blocks.knows('ann', '203.0.113.8/32'), false)
    nowMs += 29 * dayMs
    await blocks.remember('ann', home)
    nowMs += 30 * dayMs - 1
    assert.equal(await blocks.knows('ann', home), true)
    nowMs += 1
    assert.equal(await blocks.knows('ann', home), false)
  })

  it('is told by the database to nobody who tries all addresses', async () => {
    await blocksBy(old).remember('cleo', home)
    const guess = createHash('sha256').update(`cleo\n${home}`).digest('base64url')
    const stored = mongo.database.collection<{ _id: string }>('knownBlocks')
    assert.equal(await stored.findOne({ _id: guess }), null)
  })

  it('is known by an old key while it is there', async () => {
    await blocksBy(old).remember('dan', home)
    assert.equal(await blocksBy(next, old).knows('dan', home), true)
    assert.equal(await blocksBy(next).knows('dan', home), false)
  })

  it('is forgotten once it is over by a minute, and where no right clock can have written it', async () => {
    await mongo.database.collection('knownBlocks').deleteMany({})
    const blocks = blocksBy(old)
    const left = async () => await mongo.database.collection('knownBlocks').countDocuments()
    await blocks.remember('eve', home)
    await blocks.removeOver(new Date(nowMs + 30 * dayMs + 60_000))
    assert.equal(await left(), 1)
    await blocks.removeOver(new Date(nowMs + 30 * dayMs + 60_001))
    assert.equal(await left(), 0)
    await blocks.remember('eve', home)
    await blocks.removeOver(new Date(nowMs - 60_001))
    assert.equal(await left(), 0)
  })
})
