import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { uniqueRepresentations } from './unique-representations.ts'

const user = (id: string) => ({ __typename: 'User', id })

describe('unique representations', () => {
  it('ask for each entity once and put its answer at every place', () => {
    const { variables, restore } = uniqueRepresentations({
      x: 1,
      representations: [user('a'), user('b'), user('a')],
    })
    assert.deepEqual(variables, { x: 1, representations: [user('a'), user('b')] })
    const { data } = restore({ data: { _entities: [{ email: 'a' }, { email: 'b' }] } })
    const entities = data?.['_entities'] as object[]
    assert.deepEqual(entities, [{ email: 'a' }, { email: 'b' }, { email: 'a' }])
    assert.notEqual(entities[0], entities[2], 'the gateway changes each of them by itself')
  })

  it('put an error at every place of its entity, and leave others where they are', () => {
    const { restore } = uniqueRepresentations({ representations: [user('a'), user('b'), user('a')] })
    const errors = [{ message: 'no', path: ['_entities', 0, 'email'] }, { message: 'all' }]
    assert.deepEqual(restore({ data: { _entities: [null, null] }, errors }).errors, [
      { message: 'no', path: ['_entities', 0, 'email'] },
      { message: 'no', path: ['_entities', 2, 'email'] },
      { message: 'all' },
    ])
  })

  it('leave alone what has no repetition', () => {
    const variables = { representations: [user('a'), user('b')] }
    assert.equal(uniqueRepresentations(variables).variables, variables)
    assert.deepEqual(uniqueRepresentations({ id: 1 }).variables, { id: 1 })
  })
})
