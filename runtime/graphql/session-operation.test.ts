import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UnsecuredJWT } from 'jose'
import { isSessionOperation } from './session-operation.ts'

const tokenOf = (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode()
const ofAccount = tokenOf({ guest: false })

describe('an operation that needs no access token', () => {
  it('begins, renews or ends a session, or proves an address, and nothing else', () => {
    for (const query of [
      'mutation { refreshSession(input: {}) { session { id } } }',
      'mutation A($i: I!) { a: signIn(input: $i) { session { id } } } fragment F on User { id }',
    ])
      assert.equal(isSessionOperation(query, ofAccount), true, query)
    for (const query of [
      '{ me { id } }',
      'mutation { signOut(input: {}) { signedOut } createUpload(input: {}) { upload { id } } }',
      'mutation { ...F } fragment F on Mutation { signOut(input: {}) { signedOut } }',
      'mutation A { signOut(input: {}) { signedOut } } query B { me { id } }',
      'mutation {',
      undefined,
    ])
      assert.equal(isSessionOperation(query, ofAccount), false, String(query))
  })

  it('is no signing up of a guest, who would lose what is its own', () => {
    const [signUp, refresh] = [
      'mutation { a: signUp(input: {}) { session { id } } }',
      'mutation { refreshSession(input: {}) { session { id } } }',
    ]
    assert.equal(isSessionOperation(signUp, tokenOf({ guest: true })), false)
    assert.equal(isSessionOperation(refresh, tokenOf({ guest: true })), true)
    for (const other of [ofAccount, tokenOf({ guest: 'true' }), 'nonsense', undefined])
      assert.equal(isSessionOperation(signUp, other), true, other)
  })
})
