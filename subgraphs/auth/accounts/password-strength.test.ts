import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isEasyToGuess, newPasswordSchema } from './password-strength.ts'

describe('a new password', () => {
  it('may be anything long that is not guessed first', () => {
    for (const password of ['correct horse battery staple', 'zu8-Kq.p0w!nm', 'ein langer satz ohne ziffern'])
      assert.equal(newPasswordSchema.safeParse(password).success, true, password)
  })

  it('is none of the common ones, whatever stands around their word', () => {
    for (const password of [
      'Password1234',
      '!!PASSWORD2026!!',
      'qwertyuiop123',
      '1qaz2wsx3edc',
      'aaaaaaaaaaaa',
    ])
      assert.equal(newPasswordSchema.safeParse(password).success, false, password)
  })

  it('is not what the account shows of itself', () => {
    assert.equal(isEasyToGuess('somebody1234', ['somebody@example.com', 'somebody']), true)
  })
})
