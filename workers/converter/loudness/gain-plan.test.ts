import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { firstPlan, isReached, nextPlan, type GainPlan, type LoudnessWish } from './gain-plan.ts'
import type { Loudness } from './measure-loudness.ts'

const wish: LoudnessWish = { targetLufs: -16, maxTruePeakDbtp: -1 }
const heard = (integratedLufs: number | null, truePeakDbtp: number | null): Loudness => ({
  integratedLufs,
  truePeakDbtp,
})

function assertPlan(plan: GainPlan | null, gainDb: number, ceilingDb: number | null): void {
  assert.ok(plan !== null, 'there is a plan')
  assert.ok(Math.abs(plan.gainDb - gainDb) < 1e-9, `gain ${plan.gainDb}, not ${gainDb}`)
  const limit = plan.limiter?.ceilingDb ?? null
  const near = limit === ceilingDb || Math.abs((limit ?? 0) - (ceilingDb ?? 0)) < 1e-9
  assert.ok(near && (limit === null) === (ceilingDb === null), `ceiling ${limit}, not ${ceilingDb}`)
}

describe('the first gain plan', () => {
  it('is a gain alone where the peaks stay below the ceiling, and below what coding adds to them', () => {
    assertPlan(firstPlan(heard(-23, -12), wish), 7, null)
    assertPlan(firstPlan(heard(-9, 0.5), wish), -7, null)
    assertPlan(firstPlan(heard(-23, -8.5), wish), 7, null)
  })

  it('stays a little below the target where that spares a limiter', () => {
    assertPlan(firstPlan(heard(-23, -8.3), wish), 6.8, null)
  })

  it('limits the peaks that a gain would lift over the ceiling', () => {
    assertPlan(firstPlan(heard(-23, -6), wish), 7, -1.5)
  })

  it('does not limit by more than 15 dB', () => {
    assertPlan(firstPlan(heard(-50, -1.5), wish), 15, -1.5)
  })

  it('leaves silence alone, but brings down peaks of what has no loudness', () => {
    const silent = firstPlan(heard(null, null), wish)
    assertPlan(silent, 0, null)
    assert.ok(silent.noLoudness)
    assertPlan(firstPlan(heard(null, -20), wish), 0, null)
    assertPlan(firstPlan(heard(null, 0), wish), -1.5, null)
  })
})

describe('the next gain plan', () => {
  const linear = firstPlan(heard(-23, -12), wish)
  const limited = firstPlan(heard(-23, -6), wish)

  it('is none where the result is within half a LU and under the ceiling', () => {
    for (const result of [heard(-16, -1), heard(-16.5, -5), heard(-15.5, -1.2)]) {
      assert.equal(nextPlan(linear, result, wish), null)
      assert.ok(isReached(result, wish))
    }
    assert.ok(!isReached(heard(-16.6, -5), wish))
    assert.ok(!isReached(heard(-16, -0.9), wish))
  })

  it('lowers audio a little whose peaks are a little too high', () => {
    assertPlan(nextPlan(linear, heard(-16, -0.8), wish), 6.7, null)
    assertPlan(nextPlan(limited, heard(-15.8, -0.7), wish), 6.6, -1.9)
  })

  it('makes up for what coding took away', () => {
    assertPlan(nextPlan(linear, heard(-18, -7), wish), 9, null)
  })

  it('begins to limit when a gain alone does not do', () => {
    assertPlan(nextPlan(linear, heard(-18, -2), wish), 9, -1.5)
    assertPlan(nextPlan(linear, heard(-16, 0.2), wish), 7, -1.5)
  })

  it('extracts the gain before a limiter by more than is missing, as the limiter takes a part', () => {
    // The ceiling goes down by 0.5: the gain goes with it, and up by what the missing 1.6 + 0.5 need.
    assertPlan(nextPlan(limited, heard(-17.6, -0.6), wish), 7 - 0.5 + 2.1 / 0.8, -2)
  })

  it('learns how much a limiter takes', () => {
    const second = nextPlan(limited, heard(-19, -1.2), wish)
    assertPlan(second, 7 + 3 / 0.8, -1.5)
    // 3.75 dB gave 1.875 LU: a half. The missing 1.125 need 2.25.
    assertPlan(nextPlan(second!, heard(-17.125, -1.2), wish), 13, -1.5)
  })

  it('goes back, and is content, when more gain gives no more loudness', () => {
    const second = nextPlan(limited, heard(-19, -1.2), wish)!
    const third = nextPlan(second, heard(-18.9, -1.2), wish)!
    assertPlan(third, 7, -1.5)
    assert.equal(nextPlan(third, heard(-19, -1.2), wish), null)
  })

  it('keeps to the ceiling alone where there is no loudness', () => {
    const silent = firstPlan(heard(null, -3), wish)
    assert.equal(nextPlan(silent, heard(null, -1.5), wish), null)
    assertPlan(nextPlan(silent, heard(null, -0.6), wish), -0.5, null)
  })

  it('raises the ceiling again where coding took from the peaks', () => {
    // 1.2 dB of room are used but for 0.3, and the missing 1.5 less these by drive.
    assertPlan(nextPlan(limited, heard(-17.5, -2.2), wish), 7 + 0.9 + 0.6 / 0.8, -0.6)
    // No further than to full scale.
    assertPlan(nextPlan(limited, heard(-17.5, -6), wish), 7 + 1.5, 0)
  })

  it('ends after three corrections', () => {
    let plan: GainPlan | null = limited
    const rounds: GainPlan[] = []
    while ((plan = nextPlan(plan, heard(-12, -3), wish)) !== null) rounds.push(plan)
    assert.equal(rounds.length, 3)
  })

  it('goes on a little for peaks alone, as nothing above the ceiling is of use', () => {
    let plan: GainPlan | null = limited
    const rounds: GainPlan[] = []
    while ((plan = nextPlan(plan, heard(-12, 1), wish)) !== null) rounds.push(plan)
    assert.equal(rounds.length, 6)
    const [, second, third] = rounds
    assertPlan(third!, second!.gainDb - 2.3, second!.limiter!.ceilingDb - 2.3)
  })
})
