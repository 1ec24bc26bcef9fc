import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errorCodeNames, errorCodes, isErrorCode } from './error-codes.ts'

describe('the catalogue of error codes', () => {
  it('gives every code the status of an error, and a sentence', () => {
    for (const code of errorCodeNames) {
      const { httpStatus, meaning } = errorCodes[code]
      assert.ok(Number.isInteger(httpStatus) && httpStatus >= 400 && httpStatus < 600, code)
      assert.match(meaning, /^[A-Z].*\.$/, code)
    }
  })

  it('knows its own codes, and nothing that every object has', () => {
    assert.ok(errorCodeNames.every(isErrorCode))
    for (const other of ['toString', 'NOPE', '', 5, undefined, null]) assert.equal(isErrorCode(other), false)
  })
})
