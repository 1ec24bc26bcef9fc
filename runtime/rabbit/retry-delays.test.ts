import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { retryDelayFor, retryDelaysMs } from './retry-delays.ts'

describe('the delay that has a queue', () => {
  it('is the wanted one where that has one', () => {
    for (const delayMs of retryDelaysMs) assert.equal(retryDelayFor(delayMs), delayMs)
  })

  it('is the next longer one where the wanted one has none, and the longest where all are shorter', () => {
    for (const [at, delayMs] of retryDelaysMs.entries()) {
      assert.equal(retryDelayFor(delayMs - 1), delayMs)
      assert.equal(retryDelayFor(delayMs + 1), retryDelaysMs[at + 1] ?? delayMs)
    }
  })
})
