import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { AudioTrack, Chapter } from '#schema/documents/source-media.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { countTolerance, expectedSamples, isWhole, recipeOf, samplesPerFrame } from './recipe.ts'

const { source, output } = newConversion
interface Given {
  readonly track?: Partial<AudioTrack>
  readonly options?: Partial<OutputOptions>
  readonly chapter?: Chapter
}
const recipe = ({ track, options, chapter }: Given = {}) =>
  recipeOf({ ...source, track: { ...source.track, ...track } }, { ...output, ...options }, chapter ?? null)

describe('a recipe', () => {
  it('has the track’s rate, or the next above that an MP3 knows, or what was asked for', () => {
    const rates = [8_000, 11_000, 44_100, 47_999, 96_000].map(
      (sampleRateHz) => recipe({ track: { sampleRateHz } }).sampleRateHz,
    )
    assert.deepEqual(rates, [8_000, 11_025, 44_100, 48_000, 48_000])
    assert.equal(recipe({ options: { sampleRateHz: 22_050 } }).sampleRateHz, 22_050)
  })

  it('makes stereo of all but mono, unless asked otherwise', () => {
    const channels = [1, 2, 6].map((count) => recipe({ track: { channels: count } }).channels)
    assert.deepEqual(channels, [1, 2, 2])
    assert.equal(recipe({ track: { channels: 6 }, options: { channels: 1 } }).channels, 1)
  })

  it('counts what is kept and faded in samples of the MP3', () => {
    const trim = { startMs: 1_001, endMs: 2_000 }
    const options = { trim, fadeInMs: 10, fadeOutMs: 20, sampleRateHz: 22_050 } as const
    const { startSample, endSample, fadeInSamples, fadeOutSamples, lengthMs } = recipe({ options })
    assert.deepEqual([startSample, endSample, lengthMs], [22_072, 44_100, 999])
    assert.deepEqual([fadeInSamples, fadeOutSamples], [221, 441])
  })

  it('counts a chapter from the track’s first sample; the last one goes on to its end', () => {
    const part = (startMs: number, endMs: number) => {
      const { startSample, endSample } = recipe({
        track: { startMs: 500 },
        chapter: { startMs, endMs, title: null },
      })
      return [startSample, endSample]
    }
    assert.deepEqual(part(0, 1_500), [0, 44_100])
    assert.deepEqual(part(1_500, 60_500), [44_100, null])
  })

  it('is whole as long as no sample is left out or changed', () => {
    assert.ok(isWhole(recipe({ options: { channels: 1, sampleRateHz: 22_050 } })))
    const trim = { startMs: 0, endMs: 1_000 }
    for (const options of [
      { trim },
      { trim: { startMs: 1, endMs: null } },
      { fadeInMs: 1 },
      { fadeOutMs: 1 },
    ])
      assert.ok(!isWhole(recipe({ options })), JSON.stringify(options))
    assert.ok(!isWhole({ ...recipe(), gain: { filters: ['volume=1dB'], hasMemory: false } }))
  })

  it('tells how many samples it makes of what the decoder gave', () => {
    const trimmed = recipe({ options: { trim: { startMs: 1_000, endMs: 2_000 }, sampleRateHz: 22_050 } })
    const counts = [88_200, 66_150, 44_100, 0].map((decoded) => expectedSamples(trimmed, decoded))
    assert.deepEqual(counts, [22_050, 11_025, 0, 0])
    assert.equal(expectedSamples(recipe(), 1_000), 1_000)
    assert.deepEqual([countTolerance(recipe()), countTolerance(trimmed)], [0, 64])
  })

  it('knows the length of a frame', () =>
    assert.deepEqual([32_000, 24_000].map(samplesPerFrame), [1152, 576]))
})
