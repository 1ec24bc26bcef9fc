import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Loudness } from './measure-loudness.ts'
import { planGain, type MeasureFiltered } from './plan-gain.ts'

const wish = { targetLufs: -16, maxTruePeakDbtp: -1 }

/** Audio whose limited loudness is given by its gain. */
function audioOf(source: Loudness, limitedLufs: (gainDb: number) => number) {
  const asked: { gainDb: number; truePeak: boolean }[] = []
  const measure: MeasureFiltered = (filters, truePeak) => {
    const gainDb = Number(/volume=(.*)dB/.exec(filters[0] ?? '')?.[1] ?? 0)
    asked.push({ gainDb, truePeak })
    return Promise.resolve(
      filters.length === 0 ? source : { integratedLufs: limitedLufs(gainDb), truePeakDbtp: null },
    )
  }
  return { measure, asked }
}

describe('planning a gain', () => {
  it('measures once where a gain alone will do, or the limiter hardly has work', async () => {
    for (const truePeakDbtp of [-20, -7]) {
      const { measure, asked } = audioOf({ integratedLufs: -23, truePeakDbtp }, () => 0)
      const { gainDb } = await planGain(measure, wish, 44_100)
      assert.equal(gainDb, 7)
      assert.deepEqual(asked, [{ gainDb: 0, truePeak: true }])
    }
  })

  it('tries a limiter until the loudness is right', async () => {
    const source = { integratedLufs: -26, truePeakDbtp: -3 }
    const { measure, asked } = audioOf(source, (gainDb) => -26 + gainDb * 0.6)
    const plan = await planGain(measure, wish, 44_100)
    assert.ok(Math.abs(-26 + plan.gainDb * 0.6 + 16) <= 0.5, `a gain of ${plan.gainDb} dB`)
    assert.equal(plan.round, 0, 'its corrections are still to come')
    assert.equal(plan.before, null, 'a trial is not compared with an MP3')
    assert.deepEqual(
      asked.slice(1).map(({ truePeak }) => truePeak),
      [false, false, false],
    )
  })

  it('gives up where a limiter takes everything back', async () => {
    const { measure, asked } = audioOf({ integratedLufs: -26, truePeakDbtp: 0 }, () => -22)
    const plan = await planGain(measure, wish, 44_100)
    assert.equal(plan.gainDb, 10)
    assert.equal(asked.length, 4)
  })
})
