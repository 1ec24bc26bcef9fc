import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConversionPageQuery } from '#ledger/conversion-store.ts'
import { queuedConversion } from '#ledger/testing/sample-records.ts'
import { createReadPage, mostPages } from './read-pages.ts'

function rig() {
  const queries: ConversionPageQuery[] = []
  const page = async (query: ConversionPageQuery) => {
    queries.push(query)
    return [queuedConversion]
  }
  return { queries, readPage: createReadPage({ page }) }
}
const operation = () => ({ signal: new AbortController().signal })

describe('the pages that one operation reads', () => {
  it('are read once each, however often the way back to them is taken', async () => {
    const { queries, readPage } = rig()
    const context = operation()
    const read = () => readPage(context, 'user-1', { first: 100 })
    const pages = await Promise.all(Array.from({ length: 10_000 }, read))
    assert.equal(queries.length, 1)
    assert.equal(new Set(pages).size, 1)
    await readPage(operation(), 'user-1', { first: 100 })
    assert.equal(queries.length, 2, 'another operation reads anew')
  })

  it('are not many: under other arguments the list cannot be read for ever', async () => {
    const { queries, readPage } = rig()
    const context = operation()
    const sizes = Array.from({ length: 100 }, (_, index) => index + 1)
    const read = await Promise.allSettled(sizes.map((first) => readPage(context, 'user-1', { first })))
    assert.equal(queries.length, mostPages)
    const refused = read.find((one) => one.status === 'rejected')
    assert.ok(refused?.status === 'rejected')
    assert.equal((refused.reason as { code: string }).code, 'OPERATION_LIMIT_EXCEEDED')
  })

  it('are no longer read when the client has left', async () => {
    const { queries, readPage } = rig()
    const leaving = new AbortController()
    await readPage(leaving, 'user-1', { first: 1 })
    assert.equal(queries[0]?.signal, leaving.signal)
    leaving.abort(new Error('the client has left'))
    await assert.rejects(readPage(leaving, 'user-1', { first: 2 }), /has left/)
    assert.equal(queries.length, 1)
  })
})
