import assert from 'node:assert/strict'
import { it } from 'node:test'
import { buildSchema, isEnumType } from 'graphql'
import { errorCodeNames, errorCodes } from './error-codes.ts'
import { errorCodesSdl } from './error-codes-sdl.ts'

it('the schema lists every error code with what it means, and whether trying again may help', () => {
  const type = buildSchema(errorCodesSdl).getType('ErrorCode')
  assert.ok(isEnumType(type))
  assert.deepEqual(
    type.getValues().map(({ name }) => name),
    errorCodeNames,
  )
  for (const { name, description } of type.getValues()) {
    const { meaning, retryable } = errorCodes[name as keyof typeof errorCodes]
    assert.ok(description?.startsWith(meaning), name)
    assert.equal(description?.includes('may succeed later'), retryable, name)
  }
})
