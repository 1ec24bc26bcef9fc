import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultsOf } from './judge-answer.ts'

const error = (further: object = {}, code: unknown = 'NOT_FOUND') => ({
  message: 'There is no such thing.',
  extensions: { code },
  ...further,
})
const answer = (...errors: unknown[]) => ({ httpStatus: 200, data: null, errors })

describe('an answer', () => {
  it('is right with data, or with errors of the catalogue and their details', () => {
    assert.deepEqual(faultsOf({ httpStatus: 200, data: { a: 1 } }), [])
    assert.deepEqual(faultsOf({ httpStatus: null, data: null }), [])
    const extensions = { code: 'QUOTA_EXCEEDED', limit: 'a', until: 'b' }
    assert.deepEqual(faultsOf(answer(error({ extensions, path: ['a'], locations: [] }))), [])
  })

  it('is wrong when it says that something of ours broke, by its status or a code', () => {
    assert.deepEqual(faultsOf({ httpStatus: 500, data: {} }), ['the status is 500'])
    for (const code of ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'DOWNSTREAM_SERVICE_ERROR', null, 7])
      assert.equal(faultsOf(answer(error(), error({}, code))).length, 1, String(code))
  })

  it('is wrong when it shows a stack, a path, a driver, or anything beside the code', () => {
    for (const further of [
      { message: 'a\n    at b (c.js:1:2)' },
      { message: 'no such file /tmp/a' },
      { message: 'E11000 duplicate key' },
      { message: "Cannot read properties of undefined (reading 'a')" },
      { message: '' },
      { stack: 'a' },
      { extensions: { code: 'NOT_FOUND', stacktrace: [] } },
      { extensions: { code: 'NOT_FOUND', serviceName: 'media' } },
    ])
      assert.equal(faultsOf(answer(error(further))).length, 1, JSON.stringify(further))
  })

  it('is wrong when it is none', () => {
    assert.equal(faultsOf({ httpStatus: 200 }).length, 1)
    assert.equal(faultsOf({ httpStatus: 200, data: null, errors: [] }).length, 1)
  })
})
