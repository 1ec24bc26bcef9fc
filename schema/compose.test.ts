import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { buildSchema, isLeafType, isNonNullType, getNamedType, type GraphQLObjectType } from 'graphql'
import { compose } from './compose.ts'

describe('the schema that clients see', () => {
  let user: GraphQLObjectType
  before(async () => {
    user = buildSchema((await compose()).api).getType('User') as GraphQLObjectType
  })

  it('loses nothing of a new session, or of a password that was set, where more is asked of the user than the token allows', () => {
    const fields = Object.values(user.getFields()).filter(({ type }) => !isLeafType(getNamedType(type)))
    assert.ok(fields.length > 0)
    const spreading = fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)
    assert.deepEqual(spreading, [], 'an error in one of these empties everything around it')
  })
})
