import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { buildSchema, parse, validate } from 'graphql'
import { resumable } from './resume-point.ts'

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription {
    updated(id: ID!, afterSequence: Int): Update!
    ticked(first: Int): Int!
  }
  type Update { sequence: Int! type: String! status: String! }
`)

const isValid = (query: string) => assert.deepEqual(validate(schema, parse(query)), [])
const compact = (query: string) => query.replace(/\s+/g, ' ').trim()

describe('a resumable operation', () => {
  const operation = resumable('subscription($id: ID!) { news: updated(id: $id) { status } }', schema)!

  it('asks for the marks of its events besides what the client asked for', () => {
    isValid(operation.query)
    assert.match(compact(operation.query), /\{ status earshotMarkSequence: sequence earshotMarkType: type \}/)
  })

  it('reads the marks of an event', () => {
    const news = { status: 'RUNNING', earshotMarkSequence: 7, earshotMarkType: 'STATE' }
    assert.deepEqual(operation.markOf({ data: { news } }), { sequence: 7, isProgress: false })
    const progress = { ...news, earshotMarkType: 'PROGRESS' }
    assert.deepEqual(operation.markOf({ data: { news: progress } }), { sequence: 7, isProgress: true })
    assert.equal(operation.markOf({ data: null }), null)
  })

  it('starts after an event', () => {
    isValid(operation.after(7))
    assert.match(compact(operation.after(7)), /updated\(id: \$id, afterSequence: 7\)/)
  })

  it('starts after the newest event, whatever the client began with', () => {
    const literal = resumable('subscription { updated(id: "1", afterSequence: 3) { status } }', schema)!
    assert.match(compact(literal.query), /afterSequence: 3/)
    assert.match(compact(literal.after(9)), /\(id: "1", afterSequence: 9\)/)
    const variable = resumable(
      'subscription($id: ID!, $a: Int) { updated(id: $id, afterSequence: $a) { status } }',
      schema,
    )!
    isValid(variable.after(9))
    assert.match(
      compact(variable.after(9)),
      /^subscription \(\$id: ID!\) \{ updated\(id: \$id, afterSequence: 9\)/,
    )
  })
})

describe('an operation whose events are not numbered', () => {
  it('cannot be resumed', () => {
    assert.equal(resumable('subscription { ticked }', schema), null)
  })
})
