import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CliError, oneLine, plainText, sentenceOf } from './cli-error.ts'

const hostile = 'a\u001B]0;title\u0007\u009B31m\r\u202Eb\nc'
const unsafe = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u

describe('what a server or a file name brings along', () => {
  it('neither commands the terminal nor turns the order of characters, in a message or in its code', () => {
    assert.doesNotMatch(oneLine(hostile), unsafe)
    assert.doesNotMatch(oneLine(hostile), /\n/)
    assert.doesNotMatch(sentenceOf(new CliError(hostile, hostile), 'earshot'), unsafe)
  })

  it('is shown for what it is in lines of results, which a program reads as they were meant', () => {
    const line = plainText(`${JSON.stringify({ hostile })}\n`)
    assert.doesNotMatch(line, unsafe)
    assert.deepEqual(JSON.parse(line), { hostile })
    assert.equal(plainText('id \u001B[2J\n'), 'id \\u001b[2J\n')
  })
})
