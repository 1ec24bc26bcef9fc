import assert from 'node:assert/strict'
import { it } from 'node:test'
import { buildSchema, parse, valueFromAST, parseValue, type GraphQLInputType } from 'graphql'
import { rawNumber } from './hostile-values.ts'
import { writeLiteral } from './write-literal.ts'

const schema = buildSchema(
  'enum E { A } input I { e: E, s: String, l: [I!], n: Float } type Query { a(i: I): Int }',
)
const type = schema.getType('I') as GraphQLInputType

it('a value that fits its type is written as the literal that means it', () => {
  const value = { e: 'A', s: 'A "b"\n\u0000\\', l: [{ e: 'A', n: 1.5 }], n: -2 }
  assert.deepEqual(
    JSON.parse(JSON.stringify(valueFromAST(parseValue(writeLiteral(value, type)), type))),
    value,
  )
})

it('one that does not fit is written all the same, as are numbers that are none', () => {
  for (const value of [{ e: 7, s: { $gt: '' } }, [null], rawNumber('1e999'), undefined, '__proto__'])
    assert.ok(writeLiteral(value, type).length > 0)
  assert.equal(writeLiteral(rawNumber('1e999'), type), '1e999')
  assert.throws(() => parse(`{ a(i: ${writeLiteral({ $gt: '' }, type)}) }`))
})
