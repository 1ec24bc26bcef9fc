import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as z from 'zod'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { parseInput } from './parse-input.ts'

function fault(schema: z.ZodType, raw: unknown, at: string): DomainError {
  try {
    parseInput(schema, raw, at)
  } catch (error) {
    if (error instanceof DomainError) return error
  }
  return assert.fail('it was accepted')
}

describe('input that a schema does not allow', () => {
  const schema = z.object({
    name: z.string().min(1, 'name must not be empty'),
    age: z.int('age must be whole'),
  })

  it('is refused with a sentence about the first thing that is wrong, and with all of them by their places', () => {
    assert.deepEqual(parseInput(schema, { name: 'Ann', age: 3 }, 'input'), { name: 'Ann', age: 3 })
    const { code, message, details } = fault(schema, { name: '', age: 0.5 }, 'input')
    assert.deepEqual([code, message], ['BAD_USER_INPUT', 'name must not be empty.'])
    assert.deepEqual(details, {
      field: 'input.name',
      problems: [
        { field: 'input.name', message: 'name must not be empty.' },
        { field: 'input.age', message: 'age must be whole.' },
      ],
    })
  })

  it('tells of output options whatever is wrong at once, alone or together', () => {
    const output = {
      bitrateMode: 'VBR',
      bitrateKbps: 192,
      channels: 7,
      trim: { startMs: 5, endMs: 5 },
      tags: {
        set: [
          { key: 'title', value: '' },
          { key: '', value: '' },
        ],
      },
    }
    const { problems = [] } = fault(outputOptionsSchema, output, 'input.output').details
    assert.deepEqual(problems.map(({ field }) => field).toSorted(), [
      'input.output.bitrateKbps',
      'input.output.channels',
      'input.output.tags.set[1].key',
      'input.output.trim',
    ])
    const abr = fault(
      outputOptionsSchema,
      { bitrateMode: 'ABR', bitrateKbps: 7, vbrQuality: 3 },
      'input.output',
    )
    assert.deepEqual(
      abr.details.problems?.map(({ field }) => field),
      ['input.output.vbrQuality', 'input.output.bitrateKbps'],
    )
  })
})
