import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bytesText, jsonText, oneLine, row, spanText } from './terminal-text.ts'

const hostile = 'a\u001b[31mb\u009b2Jc\u202Ed\u2028e\nf'

describe('what an operator reads', () => {
  it('holds nothing that a terminal obeys', () => {
    assert.equal(oneLine(hostile), 'a [31mb 2Jc d e f')
    assert.doesNotMatch(jsonText({ hostile }), /[\p{Cc}\p{Bidi_Control}\u2028]/u)
    assert.deepEqual(JSON.parse(jsonText({ hostile })), { hostile })
  })

  it('keeps to 100 columns, words whole where they fit, and loses none of it', () => {
    const long = `${'word '.repeat(40)}${'x'.repeat(200)} end`
    const lines = row('label', long).split('\n')
    assert.ok(lines.every((line) => line.length <= 100))
    assert.equal(lines[0]!.slice(0, 17), 'label       word ')
    assert.equal(lines.join('').replaceAll(/\s|label/g, ''), long.replaceAll(' ', ''))
    assert.equal(row('label', ''), 'label')
  })

  it('says sizes and spans in units of their magnitude', () => {
    assert.deepEqual([0, 999, 1_000, 1_440_000, 123_456_789_012].map(bytesText), [
      '0 bytes',
      '999 bytes',
      '1.00 kB',
      '1.44 MB',
      '123 GB',
    ])
    assert.deepEqual([320, 5_000, 310_000, 3_600_000, 183_600_000].map(spanText), [
      '320 ms',
      '5 s',
      '5 min 10 s',
      '1 h',
      '2 d 3 h',
    ])
  })
})
