import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildSchema, OperationTypeNode } from 'graphql'
import { countResolvedFields } from './resolved-fields.ts'

const schema = buildSchema('type Query { a: A, b: Int } type A { list: [A!], c: Int, d: Int }')

describe('a field has been resolved', () => {
  it('when an answer holds it, in a list too, and as a null', () => {
    const resolved = countResolvedFields(schema)
    assert.deepEqual(resolved.missing(), ['A.c', 'A.d', 'A.list', 'Query.a', 'Query.b'])
    resolved.note(OperationTypeNode.QUERY, { data: { a: { list: [{ c: 1 }, { d: null }] } } })
    assert.deepEqual(resolved.missing(), ['Query.b'])
  })

  it('but not when an error is about it', () => {
    const resolved = countResolvedFields(schema)
    const errors = [{ path: ['a', 'list', 1, 'd'] }, { path: ['b'] }]
    resolved.note(OperationTypeNode.QUERY, {
      data: { a: { list: [{ c: 1 }, { d: null }] }, b: null },
      errors,
    })
    assert.deepEqual(resolved.missing(), ['A.d', 'Query.b'])
  })
})
