import assert from 'node:assert/strict'
import { it } from 'node:test'
import * as z from 'zod'
import { parseInput } from './parse-input.ts'

it('input that a schema does not allow is refused with a sentence about the first thing that is wrong', () => {
  const schema = z.object({ name: z.string().min(1, 'name must not be empty') })
  assert.deepEqual(parseInput(schema, { name: 'Ann' }), { name: 'Ann' })
  assert.throws(() => parseInput(schema, { name: '' }), {
    code: 'BAD_USER_INPUT',
    message: 'name must not be empty.',
  })
})
