import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { limitsFor, wallLimitMs } from './resource-limits.ts'

describe('the limits of a run', () => {
  it('are whole numbers that timers and the kernel take, whatever the length', () => {
    for (const durationMs of [0, 1_005.0113, 24 * 3_600_000 + 0.5, Number.MAX_SAFE_INTEGER]) {
      const wallMs = wallLimitMs(durationMs)
      assert.ok(Number.isInteger(wallMs) && wallMs < 2 ** 31, `${wallMs} ms`)
      for (const limit of Object.values(limitsFor(durationMs))) assert.ok(Number.isInteger(limit))
    }
  })
})
