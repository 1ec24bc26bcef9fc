import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { recipeOf } from '#converter/plan/recipe.ts'
import { groupNeighbours, sampleCodec } from './neighbours.ts'

const output = outputOptionsSchema.parse({})
/** Of a day of stereo at 44.1 kHz. */
const source = { ...newConversion.source, durationMs: 24 * 3_600_000 }
const recipesOf = (...bounds: readonly (readonly [number, number])[]) =>
  bounds.map(([startMs, endMs]) => recipeOf(source, output, { startMs, endMs, title: null }))

describe('MP3s that share a decode', () => {
  it('of a day in 500 chapters decode it a few times, and not 250', () => {
    const chapterMs = source.durationMs / 500
    const chapters = Array.from({ length: 500 }, (_, index) => [index * chapterMs, (index + 1) * chapterMs])
    const groups = groupNeighbours(recipesOf(...(chapters as [number, number][])), 2 * 1024 ** 3)
    const decodedMs = (samples: number | null) => (samples === null ? source.durationMs : samples / 44.1)
    const each = chapters.reduce((sum, [, endMs]) => sum + endMs!, 0)
    const shared = groups.reduce((sum, { endSample }) => sum + decodedMs(endSample), 0)
    assert.ok(each / source.durationMs > 250)
    assert.ok(shared / source.durationMs < 9, String(shared / source.durationMs))
    assert.equal(groups.flatMap(({ indexes }) => indexes).length, 500)
    for (const { sizeBytes } of groups) assert.ok(sizeBytes <= 2 * 1024 ** 3)
    assert.equal(groups.at(-1)?.endSample, null)
  })

  it('lie between the first sample and the last of them', () => {
    const recipes = recipesOf([0, 1_000], [2_000, 3_000], [5_000, 6_000])
    const [group, ...others] = groupNeighbours(recipes, 10_000_000)
    assert.deepEqual(others, [])
    assert.deepEqual(group, {
      indexes: [0, 1, 2],
      startSample: 0,
      endSample: 264_600,
      lengthMs: 6_000,
      sizeBytes: 264_600 * 8,
    })
  })

  it('are none where they lie too far apart, are few, or integers would be computed with', () => {
    assert.deepEqual(groupNeighbours(recipesOf([0, 1_000], [80_000_000, 80_001_000]), 10_000_000), [])
    const three = recipesOf([0, 1], [1, 2], [2, 3])
    assert.equal(sampleCodec(three), 'pcm_f32le')
    assert.equal(sampleCodec(three.slice(1)), null)
    const flac = three.map((recipe) => ({ ...recipe, track: { ...recipe.track, codec: 'flac' } }))
    assert.equal(sampleCodec(flac), 'pcm_s32le')
    assert.equal(sampleCodec(flac.map((recipe) => ({ ...recipe, sampleRateHz: 22_050 }))), null)
    assert.equal(sampleCodec(flac.map((recipe) => ({ ...recipe, channels: 1 as const }))), null)
  })
})
