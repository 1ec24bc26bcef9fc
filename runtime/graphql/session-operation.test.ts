import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isSessionOperation } from './session-operation.ts'

describe('an operation that needs no access token', () => {
  it('begins, renews or ends a session, or proves an address, and nothing else', () => {
    for (const query of [
      'mutation { refreshSession(input: {}) { session { id } } }',
      'mutation A($i: I!) { a: signIn(input: $i) { session { id } } } fragment F on User { id }',
    ])
      assert.equal(isSessionOperation(query), true, query)
    for (const query of [
      '{ me { id } }',
      'mutation { signOut(input: {}) { signedOut } createUpload(input: {}) { upload { id } } }',
      'mutation { ...F } fragment F on Mutation { signOut(input: {}) { signedOut } }',
      'mutation A { signOut(input: {}) { signedOut } } query B { me { id } }',
      'mutation {',
      undefined,
    ])
      assert.equal(isSessionOperation(query), false, String(query))
  })
})
