import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { integratedLoudness } from './gating.ts'

interface Tone {
  readonly lufs: number
  readonly seconds: number
}

/** What a meter shows every 100 ms of tones one after another: the mean power of the last 400 ms. */
function blocksOf(tones: readonly Tone[]): number[] {
  const power = tones.flatMap(({ lufs, seconds }) =>
    Array<number>(Math.round(seconds * 10)).fill(10 ** (lufs / 10)),
  )
  return power
    .slice(3)
    .map((_, at) => 10 * Math.log10(power.slice(at, at + 4).reduce((sum, one) => sum + one, 0) / 4))
}

const loudnessOf = (...tones: Tone[]): number => integratedLoudness(blocksOf(tones)) ?? Number.NaN

function assertNear(lufs: number, expected: number, tolerance = 0.1): void {
  assert.ok(Math.abs(lufs - expected) <= tolerance, `${lufs} LUFS, not ${expected}`)
}

describe('integrated loudness', () => {
  it('is that of its blocks where all are alike', () => {
    assertNear(integratedLoudness([-23, -23, -23])!, -23, 1e-9)
  })

  it('is the mean of powers, not of decibels', () => {
    // (1 + 0.5) / 2 = 0.75 of the louder power: 10 log10 0.75 = -1.2494; a half is -3.0103.
    assertNear(integratedLoudness([-20, -23.0103])!, -21.2494, 1e-4)
  })

  it('passes the minimum requirements of EBU Tech 3341, table 1', () => {
    const [quiet, loud] = [
      { lufs: -36, seconds: 10 },
      { lufs: -23, seconds: 60 },
    ]
    const hardlyThere = { lufs: -72, seconds: 10 }
    assertNear(loudnessOf({ lufs: -23, seconds: 20 }), -23)
    assertNear(loudnessOf({ lufs: -33, seconds: 20 }), -33)
    assertNear(loudnessOf(quiet, loud, quiet), -23)
    assertNear(loudnessOf(hardlyThere, quiet, loud, quiet, hardlyThere), -23)
    const [side, middle] = [
      { lufs: -26, seconds: 20 },
      { lufs: -20, seconds: 20.1 },
    ]
    assertNear(loudnessOf(side, middle, side), -23)
  })

  it('leaves out what is more than 10 LU below the rest, and keeps what is not', () => {
    // One loud block of 1 and nine of p: the gate is at (1 + 9p) / 100, which p = 10^-2 (-20 dB) does not pass…
    assertNear(integratedLoudness([-20, ...Array<number>(9).fill(-40)])!, -20, 1e-9)
    // …and p = 10^-1 does: the mean is then (1 + 0.9) / 10 = 0.19, -7.2125 dB.
    assertNear(integratedLoudness([-20, ...Array<number>(9).fill(-30)])!, -27.2125, 1e-4)
  })

  it('does not let the absolutely silent lower the relative gate', () => {
    // With the silence in, the gate would be at -50 and the -40 would count.
    assertNear(integratedLoudness([-20, -40, ...Array<number>(1_000).fill(-71)])!, -20, 1e-9)
  })

  it('is none where nothing is loud enough, or there is no block at all', () => {
    assert.equal(integratedLoudness([]), null)
    assert.equal(integratedLoudness([-70, -120.691]), null)
  })

  it('takes what is no number for nothing', () => {
    assertNear(integratedLoudness([Number.NaN, -23])!, -23, 1e-9)
  })
})
