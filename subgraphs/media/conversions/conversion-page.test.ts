import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { ConversionPageQuery } from '#ledger/conversion-store.ts'
import { queuedConversion } from '#ledger/testing/sample-records.ts'
import { readConversionPage } from './conversion-page.ts'

const conversions: ConversionDocument[] = Array.from({ length: 5 }, (_, index) => ({
  ...queuedConversion,
  _id: `c${index}`,
  createdAt: new Date(1_000_000 - index * 1_000),
}))

/** Newest first, as the store gives them. */
const ledger = {
  page: async ({ before, limit }: ConversionPageQuery) => {
    const from = before ? conversions.findIndex((one) => one._id === before.id) + 1 : 0
    return conversions.slice(from, from + limit)
  },
}
const page = (request: Parameters<typeof readConversionPage>[2]) =>
  readConversionPage(ledger, 'user-1', request)

describe('a page of conversions', () => {
  it('says whether more follow, and leads on from its end', async () => {
    const first = await page({ first: 2 })
    assert.deepEqual(
      first.edges.map((edge) => edge.node._id),
      ['c0', 'c1'],
    )
    assert.equal(first.pageInfo.hasNextPage, true)
    const last = await page({ first: 3, after: first.pageInfo.endCursor })
    assert.deepEqual(
      last.edges.map((edge) => edge.node._id),
      ['c2', 'c3', 'c4'],
    )
    assert.deepEqual([last.pageInfo.hasNextPage, last.pageInfo.hasPreviousPage], [false, true])
  })
  it('refuses sizes outside 1 to 100 and cursors of no page', async () => {
    for (const first of [0, -1, 101]) await assert.rejects(page({ first }), { code: 'BAD_USER_INPUT' })
    for (const after of ['', 'nonsense', 'W10'])
      await assert.rejects(page({ first: 1, after }), { code: 'BAD_USER_INPUT' })
  })
})
