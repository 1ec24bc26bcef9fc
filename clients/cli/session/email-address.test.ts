import assert from 'node:assert/strict'
import { InvalidArgumentError } from 'commander'
import { describe, it } from 'node:test'
import { emailAddress } from './email-address.ts'

describe('an e-mail address on the command line', () => {
  it('is what looks like one', () => {
    assert.equal(emailAddress('me@example.com'), 'me@example.com')
    for (const value of ['me', 'a b@c', '@']) assert.throws(() => emailAddress(value), InvalidArgumentError)
  })
})
