import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { firstPlan } from './gain-plan.ts'
import { loudnessFilters } from './loudness-filters.ts'

const plan = firstPlan({ integratedLufs: null, truePeakDbtp: null }, { targetLufs: -16, maxTruePeakDbtp: -1 })

describe('the filters of a gain plan', () => {
  it('are none where nothing is to be done', () => {
    assert.deepEqual(loudnessFilters(plan, 44_100), [])
  })

  it('are a gain', () => {
    assert.deepEqual(loudnessFilters({ ...plan, gainDb: -7.25 }, 44_100), [
      'volume=-7.250dB:precision=double',
      'aformat=sample_fmts=fltp',
    ])
  })

  it('are a gain and a limiter at twice the rate', () => {
    // 10^(-6 / 20) = 0.501187
    assert.deepEqual(loudnessFilters({ ...plan, gainDb: 3, limiter: { ceilingDb: -6 } }, 48_000), [
      'volume=3.000dB:precision=double',
      'aresample=96000',
      'alimiter=limit=0.501187:level=0:latency=1',
      'aresample=48000',
      'aformat=sample_fmts=fltp',
    ])
  })
})
