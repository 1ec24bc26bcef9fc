import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { plainReason } from './mail-transport.ts'

describe('what a mail server said', () => {
  it('is kept as one line without addresses', () => {
    const said = '550 5.1.1 <ada@example.com>:\r\n no\u001B[31m such user'
    assert.equal(plainReason(said), '550 5.1.1 the address: no [31m such user')
  })

  it('is read to a bound alone, whatever a server sends: hours would pass otherwise', () => {
    assert.equal(plainReason('x'.repeat(4_000_000)), '')
    assert.equal(plainReason(`${'refused '.repeat(40)}${'x'.repeat(4_000_000)}`).length, 300)
    const halved = `${' '.repeat(1_990)}secret.name@example.com`
    assert.doesNotMatch(plainReason(halved), /secret/)
  })
})
