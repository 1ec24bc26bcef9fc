import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toldBy } from './compare-answers.ts'

const [theirs, nothing] = ['0'.repeat(32), '1'.repeat(32)]
const about = (sent: string, answer: unknown) => ({ sent, answer })

describe('what an answer tells of another tenant', () => {
  it('is nothing where it is the one about what does not exist, but for the id that was sent', () => {
    const answer = (id: string) => ({ errors: [{ message: `There is no ${id}.` }], data: null })
    assert.equal(toldBy(about(theirs, answer(theirs)), about(nothing, answer(nothing)), [theirs]), undefined)
  })

  it('is nothing where a number comes back as an id, and something where it is one of another field', () => {
    const [one, other] = [
      { sent: 3, answer: { data: { id: '3' } } },
      { sent: 4, answer: { data: { id: '4' } } },
    ]
    assert.equal(toldBy(one, other, []), undefined)
    const held = { sent: 3, answer: { data: { id: '3', held: 3 } } }
    assert.match(toldBy(held, { ...other, answer: { data: { id: '4', held: 0 } } }, []) ?? '', /held/)
  })

  it('is nothing where the second about nothing came a second later', () => {
    const at = (second: number) => ({
      headers: { 'upload-expires': new Date(second * 1000).toUTCString() },
      data: { expiresAt: new Date(second * 1000).toISOString() },
    })
    assert.equal(toldBy(about(theirs, at(9)), about(nothing, at(10)), []), undefined)
  })

  it('is what only the tenant may see, wherever it stands, also where both answers have it', () => {
    const answer = { data: { list: [{ filename: 'of the victim.mp4' }] } }
    const found = toldBy(about(theirs, answer), about(nothing, answer), ['of the victim'])
    assert.equal(found, 'the answer holds of the victim')
  })

  it('is that it exists, where another code says so', () => {
    const answer = (code: string) => ({ errors: [{ extensions: { code } }] })
    assert.equal(
      toldBy(about(theirs, answer('ALREADY_FINISHED')), about(nothing, answer('NOT_FOUND')), []),
      'the answer.errors.0.extensions.code is "ALREADY_FINISHED", and about what does not exist "NOT_FOUND"',
    )
  })

  it('is that it exists, where another status or a field too many says so', () => {
    const [one, other] = [about(theirs, { httpStatus: 200 }), about(nothing, { httpStatus: 404 })]
    assert.match(toldBy(one, other, []) ?? '', /httpStatus/)
    assert.match(
      toldBy(about(theirs, { data: { mail: null } }), about(nothing, { data: {} }), []) ?? '',
      /mail/,
    )
  })
})
