import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { conversionSourceSchema } from '#schema/documents/conversion-document.ts'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { evenOut, type EvenAudio, type Uneven } from './even-out.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { recipeOf } from '#converter/plan/recipe.ts'

const source = conversionSourceSchema.parse(newConversion.source)
const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 128, sampleRateHz: 32_000 })
const recipes = [
  { startMs: 0, endMs: 10_000, title: null },
  { startMs: 10_000, endMs: 60_000, title: null },
].map((chapter) => recipeOf(source, output, chapter))

describe('an even sound', () => {
  const even = (runFfmpeg: RunFfmpeg, changes: Partial<Uneven> = {}, room = true) => {
    const { signal } = new AbortController()
    const share = createCorePool(2).join()
    const disk = { hasRoomFor: async () => room }
    const given = { sourcePath: 'source', recipe: recipes[0]!, evenAudio: { path: 'even' }, fillsGaps: false }
    return evenOut(runFfmpeg, disk, { ...given, share, signal, ...changes })
  }
  const ending = (errors: readonly string[] = []) => ({ errors }) as FfmpegTotals

  it('is made once, for all the MP3s that are made of it', async () => {
    let runs = 0
    const runFfmpeg: RunFfmpeg = async () => {
      runs++
      return ending()
    }
    const evenAudio: EvenAudio = { path: 'even' }
    const made = await Promise.all(recipes.map((recipe) => even(runFfmpeg, { evenAudio, recipe })))
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
    await assert.rejects(even(runFfmpeg, {}, false), /no room/)
  })

  it('has silence for what is missing only where all that is there was decoded', async () => {
    const complaining: RunFfmpeg = async () => ending(['[aac @ 0x1] [error] Input buffer exhausted'])
    const failing: RunFfmpeg = () => Promise.reject(new FfmpegError('ffmpeg exited with code 1', []))
    await even(complaining)
    await assert.rejects(even(complaining, { fillsGaps: true }), { code: 'CORRUPT_FILE' })
    await assert.rejects(even(failing), FfmpegError)
    await assert.rejects(even(failing, { fillsGaps: true }), { code: 'CORRUPT_FILE' })
  })
})
