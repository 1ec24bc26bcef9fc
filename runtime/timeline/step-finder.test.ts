import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { placeBudget } from './budget.ts'
import { createStepFinder, type FoundSteps } from './step-finder.ts'

const rate = 48_000
const [frameSamples, frameSeconds] = [960, 0.02]

/** Frames of 20 ms, each of which begins when the one before it ends, and by so many seconds more. */
function find(
  frames: number,
  laterAt: (frame: number) => number,
  tremble: (frame: number) => number = () => 0,
) {
  const finder = createStepFinder()
  let startSeconds = 3
  for (let frame = 0; frame < frames; frame++) {
    startSeconds += laterAt(frame)
    finder.frame({ startSeconds: startSeconds + tremble(frame), samples: frameSamples, sampleRateHz: rate })
    startSeconds += frameSeconds
  }
  return finder.finish()
}
const told = ({ steps }: FoundSteps) =>
  steps.map((step) =>
    [step.decodedSeconds, step.fromSeconds, step.bySeconds].map((one) => Math.round(one * 1000)),
  )

describe('the steps in the time of decoded audio', () => {
  it('are none where each frame begins when the one before it ends', () => {
    const found = find(500, () => 0)
    assert.deepEqual(found.steps, [])
    assert.equal(Math.round(found.decodedSeconds * 1000), 10_000)
    assert.equal(found.startSeconds, 3)
  })

  it('are told with the audio decoded before, the time by the clock, and the length', () => {
    assert.deepEqual(told(find(500, (frame) => (frame === 100 ? 5 : 0))), [[2_000, 5_000, 5_000]])
    assert.deepEqual(told(find(500, (frame) => (frame === 100 ? -1.5 : 0))), [[2_000, 5_000, -1_500]])
    const both = find(500, (frame) => ({ 100: 3_600, 300: -0.5 } as Record<number, number>)[frame] ?? 0)
    assert.deepEqual(told(both), [
      [2_000, 5_000, 3_600_000],
      [6_000, 3_609_000, -500],
    ])
  })

  it('are found where single packets were lost, and where hardly any came', () => {
    assert.deepEqual(told(find(200, (frame) => (frame === 50 || frame === 51 ? 0.02 : 0))).length, 2)
    assert.equal(find(200, (frame) => (frame === 199 ? 0.5 : 0)).steps.length, 1)
    assert.equal(find(100, () => 0.38).steps.length, 99)
  })

  it('are not where times are rounded, or tremble as those of a live stream do', () => {
    assert.deepEqual(
      find(
        2_000,
        () => 0,
        (frame) => ((frame * 7) % 3) / 1000,
      ).steps,
      [],
    )
    assert.deepEqual(
      find(
        2_000,
        () => 0,
        (frame) => (((frame * 7919) % 81) - 40) / 1000,
      ).steps,
      [],
    )
    assert.deepEqual(
      find(
        500,
        () => 0,
        (frame) => (frame === 200 ? 40 : 0),
      ).steps,
      [],
      'one wild time',
    )
  })

  it('are found where a clock drifts, before it is a tenth of a second and a little away', () => {
    const { steps } = find(5_000, () => 0.000_1)
    assert.ok(steps.length >= 4 && steps.length <= 5, String(steps.length))
    for (const { bySeconds } of steps) assert.ok(bySeconds >= 0.1 && bySeconds < 0.11)
  })

  it('are refused where they are more than are kept, and not forgotten', () => {
    const finder = createStepFinder(placeBudget(10))
    for (let frame = 0; frame < 100; frame++)
      finder.frame({ startSeconds: frame, samples: 960, sampleRateHz: 48_000 })
    assert.throws(() => finder.finish(), { code: 'CORRUPT_FILE', message: /more than 10 places/ })
  })

  it("pass over frames without a time, and go by each frame's own rate", () => {
    const finder = createStepFinder()
    finder.frame({ startSeconds: 0, samples: 960, sampleRateHz: 48_000 })
    finder.frame({ startSeconds: null, samples: 960, sampleRateHz: 48_000 })
    for (let frame = 2; frame < 100; frame++)
      finder.frame({ startSeconds: frame * 0.02, samples: 640, sampleRateHz: 32_000 })
    const { steps, decodedSeconds } = finder.finish()
    assert.deepEqual(steps, [])
    assert.ok(Math.abs(decodedSeconds - 2) < 1e-6)
  })
})
