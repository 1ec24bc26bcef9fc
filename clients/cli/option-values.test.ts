import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InvalidArgumentError } from 'commander'
import {
  bitrateKbps,
  conversionStatuses,
  emailAddress,
  outputOf,
  pageSize,
  vbrQuality,
} from './option-values.ts'

describe('option values', () => {
  it('takes the bitrates and qualities there are, and no others', () => {
    assert.equal(bitrateKbps('320'), 320)
    assert.equal(vbrQuality('0'), 0)
    for (const value of ['100', '-32', '128.0', '1e2', '0x80', '', ' 128'])
      assert.throws(() => bitrateKbps(value), InvalidArgumentError)
    for (const value of ['10', '-1', '', 'V2']) assert.throws(() => vbrQuality(value), InvalidArgumentError)
  })

  it('takes states by commas and by repetition, in any case', () => {
    assert.deepEqual(conversionStatuses('running', conversionStatuses('queued,FAILED')), [
      'QUEUED',
      'FAILED',
      'RUNNING',
    ])
    assert.throws(() => conversionStatuses('done'), InvalidArgumentError)
  })

  it('takes pages of 1 to 100', () => {
    assert.deepEqual(['1', '100'].map(pageSize), [1, 100])
    for (const value of ['0', '101', 'all']) assert.throws(() => pageSize(value), InvalidArgumentError)
  })

  it('takes what looks like an address', () => {
    assert.equal(emailAddress('me@example.com'), 'me@example.com')
    for (const value of ['me', 'a b@c', '@']) assert.throws(() => emailAddress(value), InvalidArgumentError)
  })

  it('asks for what was chosen, and leaves the rest to the server', () => {
    assert.deepEqual(outputOf({ bitrate: 128 }), { bitrateMode: 'CBR', bitrateKbps: 128 })
    assert.deepEqual(outputOf({ vbr: 0 }), { bitrateMode: 'VBR', vbrQuality: 0 })
    assert.deepEqual(outputOf({}), {})
  })
})
