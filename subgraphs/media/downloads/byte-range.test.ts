import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answerRange } from './byte-range.ts'

const etag = '"abc"'
const whole = { status: 200, range: { start: 0, end: 999 } }
const answer = (headers: Parameters<typeof answerRange>[0]) => answerRange(headers, 1000, etag)

describe('which bytes a request gets', () => {
  it('all of them without a range', () => assert.deepEqual(answer({}), whole))
  it('the range it asks for', () => {
    assert.deepEqual(answer({ range: 'bytes=0-0' }), { status: 206, range: { start: 0, end: 0 } })
    assert.deepEqual(answer({ range: 'bytes=500-' }), { status: 206, range: { start: 500, end: 999 } })
    assert.deepEqual(answer({ range: 'bytes=-100' }), { status: 206, range: { start: 900, end: 999 } })
    assert.deepEqual(answer({ range: 'bytes=900-5000' }), { status: 206, range: { start: 900, end: 999 } })
  })
  it('none when the range lies beyond the end', () =>
    assert.equal(answer({ range: 'bytes=1000-' }).status, 416))
  it('all of them when the range is malformed, in another unit, or several', () => {
    for (const range of ['bytes', 'lines=0-1', 'bytes=0-1,5-6']) assert.deepEqual(answer({ range }), whole)
  })
  it('all of them when the file is another one than the range was meant for', () => {
    assert.deepEqual(answer({ range: 'bytes=0-0', 'if-range': '"other"' }), whole)
    assert.equal(answer({ range: 'bytes=0-0', 'if-range': etag }).status, 206)
  })
  it('none when the client has them', () => {
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*'])
      assert.equal(answer({ 'if-none-match': known }).status, 304)
    assert.deepEqual(answer({ 'if-none-match': '"other"' }), whole)
  })
})
