import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { escapeCommands, withoutCommands } from './log.ts'

const hostile =
  'a\r\n{"level":"fatal"}\u001B]0;t\u0007 \u007F \u0085 \u009B2J \u2028 \u2029 \u202E \u2066 \u200F \u061C z'
const line = `${JSON.stringify({ said: hostile, who: 'Zoë 音' })}\n`
const obeyed = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u

describe('a line of a log', () => {
  it('is JSON that says all that was said, without a character that anything obeys', () => {
    const written = escapeCommands(line)
    assert.doesNotMatch(written.trimEnd(), obeyed)
    assert.deepEqual(JSON.parse(written), { said: hostile, who: 'Zoë 音' })
  })

  it('is shown to people without such characters, also where they were escaped', () => {
    const { said, who } = JSON.parse(withoutCommands(line)) as Record<string, string>
    assert.doesNotMatch(said!.replaceAll('\n', ''), obeyed)
    assert.equal(who, 'Zoë 音')
  })
})
