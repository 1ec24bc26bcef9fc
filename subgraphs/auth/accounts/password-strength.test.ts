import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
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

  it('is none of thousands that leaked elsewhere, as many as there are of its length in a million', () => {
    const leaked = readFileSync(new URL('leaked-passwords.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line.length >= 12 && !line.startsWith('#'))
    assert.ok(leaked.length > 40_000, String(leaked.length))
    // From the first ranks to the last.
    for (const password of [
      'sonyericsson',
      'Qwertyqwerty',
      'michelangelo',
      '1234567891011',
      'fussballverruckte',
    ])
      assert.equal(newPasswordSchema.safeParse(password).success, false, password)
    assert.deepEqual(
      leaked.filter((password) => newPasswordSchema.safeParse(password).success),
      [],
    )
  })

  it('is not what everybody calls this service, whatever stands around it', () => {
    for (const password of ['earshot12345', 'Earshot2026!!!', 'earshotearshot', '!video-to-mp3!'])
      assert.equal(newPasswordSchema.safeParse(password).success, false, password)
    assert.equal(newPasswordSchema.safeParse('within earshot of the sea').success, true)
  })

  it('is not what the account shows of itself', () => {
    assert.equal(isEasyToGuess('somebody1234', ['somebody@example.com', 'somebody']), true)
  })
})
