import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildSchema, execute, parse } from 'graphql'
import { limitItems } from './limit-items.ts'

const schema = limitItems(
  buildSchema(`
    directive @inaccessible on FIELD_DEFINITION
    type Query { list: [Item!]! ended: [ID!]! @inaccessible }
    type Item { id: ID, later: [Item!] }
  `),
  4,
)
const rootValue = {
  list: [
    { id: 1, later: async () => [{ id: 3 }, { id: 4 }] },
    { id: 2, later: () => null },
  ],
  ended: ['1', '2', '3', '4', '5'],
}
const codesOf = async (query: string) =>
  (await execute({ schema, document: parse(query), rootValue, contextValue: {} })).errors?.map(
    ({ originalError }) => (originalError as { code?: unknown } | undefined)?.code,
  )

describe('the limit of items in an answer', () => {
  it('is of all lists together, under whatever names and however deep', async () => {
    for (const query of [
      '{ a: list { id } b: list { id } c: list { id } }',
      '{ list { a: later { id } b: later { id } } }',
    ])
      assert.deepEqual(await codesOf(query), ['OPERATION_LIMIT_EXCEEDED'], query)
  })

  it('holds nothing back from our own processes, which would know nothing of what ended', async () => {
    assert.equal(await codesOf('{ ended }'), undefined)
  })

  it('lets so many pass, and as many to the next execution', async () => {
    for (let count = 0; count < 3; count++)
      assert.equal(await codesOf('{ list { id later { id } } }'), undefined)
  })
})
