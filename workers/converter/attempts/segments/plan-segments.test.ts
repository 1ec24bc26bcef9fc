import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { planSegments, tailFrames } from './plan-segments.ts'

const tenMinutes = {
  durationMs: 600_000,
  sampleRateHz: 44_100,
  samplesPerFrame: 1152,
  count: 2,
  mode: 'skip',
  leastSegmentMs: 120_000,
  warmUpFrames: 196,
} as const

describe('planSegments', () => {
  it('cuts at a multiple of 49 frames, a little late as the second segment also decodes the first and warms up', () => {
    // 22 969 frames, g = 1/1.04: (22 969 - g² 196) / (1 + g) + g 196 = 11 806, which lies next to 241 * 49 = 11 809.
    assert.deepEqual(planSegments(tenMinutes), [
      { firstFrame: 0, startSample: 0, endSample: (11_809 + tailFrames) * 1152 },
      { firstFrame: 11_809 - 196, startSample: (11_809 - 196) * 1152, endSample: null },
    ])
  })
  it('makes the first segment longer by what the others spend on warming up, where nothing is decoded twice', () => {
    const [, second] = planSegments({ ...tenMinutes, mode: 'seek' })
    // (22 969 - 196) / 2 + 196 = 11 582.5, which lies next to 236 * 49 = 11 564.
    assert.equal(second!.firstFrame + 196, 11_564)
  })
  for (const [mode, decodeCost] of [
    ['skip', 0.04],
    ['seek', 0],
  ] as const) {
    it(`gives every segment as much to do, by a ${mode}`, () => {
      const plan = planSegments({ ...tenMinutes, mode, durationMs: 3_600_000, count: 5 })
      const frames = Math.ceil((3_600 * 44_100) / 1152)
      const costs = plan.map(({ firstFrame, endSample }) => {
        const end = endSample === null ? frames : endSample / 1152 - tailFrames
        return end - firstFrame + decodeCost * end
      })
      // Cuts are rounded to 49 frames.
      assert.ok(Math.max(...costs) - Math.min(...costs) <= 2 * 49 * (1 + decodeCost), costs.join(', '))
    })
  }
  it('does not cut what is short', () => {
    const plan = planSegments({ ...tenMinutes, durationMs: 239_000 })
    assert.deepEqual(plan, [{ firstFrame: 0, startSample: 0, endSample: null }])
  })
  it('plans one segment for no audio', () => {
    assert.equal(planSegments({ ...tenMinutes, durationMs: 0, leastSegmentMs: 1 }).length, 1)
  })
  it('always covers all, in step with the padding, each segment overlapping the next', () => {
    const inputs = fc.record({
      durationMs: fc.integer({ min: 0, max: 86_400_000 }),
      sampleRateHz: fc.constantFrom(22_050, 32_000, 44_100, 48_000),
      samplesPerFrame: fc.constantFrom(576, 1152),
      count: fc.integer({ min: 1, max: 64 }),
      mode: fc.constantFrom('skip' as const, 'seek' as const),
      leastSegmentMs: fc.integer({ min: 15_000, max: 200_000 }),
      warmUpFrames: fc.constantFrom(196, 343),
    })
    fc.assert(
      fc.property(inputs, (options) => {
        const plan = planSegments(options)
        assert.ok(plan.length >= 1 && plan.length <= options.count)
        assert.equal(plan[0]!.startSample, 0)
        assert.equal(plan.at(-1)!.endSample, null)
        for (const [index, segment] of plan.entries()) {
          assert.equal(segment.firstFrame % 49, 0)
          assert.equal(segment.startSample, segment.firstFrame * options.samplesPerFrame)
          const next = plan[index + 1]
          if (next !== undefined) assert.ok(next.startSample < segment.endSample!)
        }
      }),
    )
  })
})
