import assert from 'node:assert/strict'
import { InvalidArgumentError } from 'commander'
import { describe, it } from 'node:test'
import { conversionStatuses } from './conversion-statuses.ts'

describe('states of conversions on the command line', () => {
  it('are taken by commas and by repetition, in any case', () => {
    assert.deepEqual(conversionStatuses('running', conversionStatuses('queued,FAILED')), [
      'QUEUED',
      'FAILED',
      'RUNNING',
    ])
    assert.throws(() => conversionStatuses('done'), InvalidArgumentError)
  })
})
