import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { conversionSourceSchema } from '#schema/documents/conversion-document.ts'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { evenOut, type EvenSound } from './even-out.ts'
import { createCorePool } from './parallel/core-pool.ts'
import { recipeOf } from './recipe.ts'

const source = conversionSourceSchema.parse(newConversion.source)
const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 128, sampleRateHz: 32_000 })
const recipes = [
  { startMs: 0, endMs: 10_000, title: null },
  { startMs: 10_000, endMs: 60_000, title: null },
].map((chapter) => recipeOf(source, output, chapter))

describe('an even sound', () => {
  const even = (runFfmpeg: RunFfmpeg, evenSound: EvenSound, recipe = recipes[0]!, room = true) => {
    const { signal } = new AbortController()
    const share = createCorePool(2).join()
    const disk = { hasRoomFor: async () => room }
    return evenOut(runFfmpeg, disk, { sourcePath: 'source', recipe, evenSound, share, signal })
  }

  it('is made once, for all the MP3s that are made of it', async () => {
    let runs = 0
    const runFfmpeg = (async () => void runs++) as unknown as RunFfmpeg
    const evenSound: EvenSound = { path: 'even' }
    const made = await Promise.all(recipes.map((recipe) => even(runFfmpeg, evenSound, recipe)))
    assert.equal(runs, 1)
    assert.deepEqual(
      made.map(({ track, startSample }) => [track.codec, track.sampleRateHz, startSample]),
      [
        ['flac', 32_000, 0],
        ['flac', 32_000, 320_000],
      ],
    )
  })

  it('is not begun where there is no room for it', async () => {
    const runFfmpeg: RunFfmpeg = () => assert.fail('it was begun')
    await assert.rejects(even(runFfmpeg, { path: 'even' }, recipes[0], false), /no room/)
  })
})
