import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { createEvenOut, type UnevenTrack } from './even-out.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { recipeOf } from '#converter/plan/recipe.ts'

const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 128, sampleRateHz: 32_000 })
const recipes = [
  { startMs: 0, endMs: 10_000, title: null },
  { startMs: 10_000, endMs: 60_000, title: null },
].map((chapter) => recipeOf(newConversion.source, output, chapter))

describe('a track that is evened out', () => {
  const evenOutBy = (runFfmpeg: RunFfmpeg, room = true) => {
    const disk = { hasRoomFor: async () => room }
    const evenOut = createEvenOut({ runFfmpeg, disk }, { sourcePath: 'source', evenPath: 'even' })
    const { signal } = new AbortController()
    const share = createCorePool(2).join()
    return (changes: Partial<UnevenTrack> = {}) =>
      evenOut({ recipe: recipes[0]!, fillsGaps: false, share, signal, ...changes })
  }
  const ending = (errors: readonly string[] = []) =>
    ({ errors, channelLayouts: ['stereo'] }) as unknown as FfmpegTotals

  it('is made once, for all the MP3s that are made of it', async () => {
    let runs = 0
    const runFfmpeg: RunFfmpeg = async () => {
      runs++
      return ending()
    }
    const evenOut = evenOutBy(runFfmpeg)
    const made = await Promise.all(recipes.map((recipe) => evenOut({ recipe })))
    assert.equal(runs, 1)
    assert.deepEqual(
      made.map(({ recipe: { track, startSample } }) => [track.codec, track.sampleRateHz, startSample]),
      [
        ['flac', 32_000, 0],
        ['flac', 32_000, 320_000],
      ],
    )
  })

  it('is not begun where there is no room for it', async () => {
    const runFfmpeg: RunFfmpeg = () => assert.fail('it was begun')
    await assert.rejects(evenOutBy(runFfmpeg, false)(), /no room/)
  })

  it('has silence for what is missing only where all that is there was decoded', async () => {
    const complaining: RunFfmpeg = async () => ending(['[aac @ 0x1] [error] Input buffer exhausted'])
    const failing: RunFfmpeg = () => Promise.reject(new FfmpegError('ffmpeg exited with code 1', []))
    await evenOutBy(complaining)()
    await assert.rejects(evenOutBy(complaining)({ fillsGaps: true }), { code: 'CORRUPT_FILE' })
    await assert.rejects(evenOutBy(failing)(), FfmpegError)
    await assert.rejects(evenOutBy(failing)({ fillsGaps: true }), { code: 'CORRUPT_FILE' })
  })
})
