import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import type { Timeline } from '#schema/documents/timeline.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { FfmpegError, type FfmpegJob, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { ffmpeg } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createEvenOut, type UnevenTrack } from './even-out.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { recipeOf, type Recipe } from '#converter/plan/recipe.ts'

const sampleRateHz = 32_000
const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 128, sampleRateHz, channels: 1 })
const { track } = newConversion.source
const recipesFor = (change: Partial<typeof track>) =>
  [
    { startMs: 0, endMs: 1_000, title: null },
    { startMs: 1_000, endMs: 2_000, title: null },
  ].map((chapter) =>
    recipeOf(
      { ...newConversion.source, durationMs: 2_000, track: { ...track, durationMs: 2_000, ...change } },
      output,
      chapter,
    ),
  )

describe('a track that is evened out', () => {
  let directory: TemporaryDirectory
  before(async () => void (directory = await createTemporaryDirectory()))
  after(() => directory[Symbol.asyncDispose]())

  const evenOutBy = (runFfmpeg: RunFfmpeg, room = true) => {
    const disk = { hasRoomFor: async () => room }
    const evenPath = join(directory.path, randomUUID())
    const evenOut = createEvenOut({ runFfmpeg, disk }, { sourcePath: 'source', evenPath })
    const { signal } = new AbortController()
    const share = createCorePool(2).join()
    return (recipe: Recipe, changes: Partial<UnevenTrack> = {}) =>
      evenOut({ recipe, fillsGaps: false, share, signal, ...changes })
  }

  /** Decodes to a second whose samples count from 1, in frames of a tenth of a second. */
  const decoding =
    ({
      errors = [],
      startsOf = (frame) => frame * 3_200,
      channelLayouts = ['mono'],
    }: {
      errors?: string[]
      startsOf?: (frame: number) => number
      channelLayouts?: string[]
    } = {}): RunFfmpeg =>
    async ({ output: target, onLine }: FfmpegJob) => {
      const samples = Float32Array.from({ length: sampleRateHz }, (_, index) => (index + 1) / sampleRateHz)
      await writeFile(target.replace(/^file:/, ''), samples)
      for (let frame = 0; frame < 10; frame++)
        onLine?.(
          `[Parsed_ashowinfo_0 @ 0x1] [info] n:${frame} pts:${startsOf(frame)} pts_time:0 pos:1 fmt:fltp channels:1 chlayout:mono rate:32000 nb_samples:3200 checksum:0 `,
        )
      return { errors, channelLayouts } as unknown as FfmpegTotals
    }
  /** As any other program reads it. */
  const samplesIn = async (path: string): Promise<number[]> => {
    const bytes = await ffmpeg('-i', path, '-f', 'f32le', '-')
    return [...new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)].map((one) =>
      Math.round(one * sampleRateHz),
    )
  }

  it('is made once, for all the MP3s that are made of it, and leaves nothing else behind', async () => {
    let runs = 0
    // As was assumed of a track that changes on the way: otherwise it is decoded again.
    const decode = decoding({ channelLayouts: ['mono', 'stereo'] })
    const evenOut = evenOutBy((job) => {
      runs++
      return decode(job)
    })
    const made = await Promise.all(recipesFor({}).map((recipe) => evenOut(recipe)))
    assert.equal(runs, 1)
    assert.deepEqual(
      made.map(({ recipe }) => [
        recipe.track.codec,
        recipe.track.sampleRateHz,
        recipe.trackMs,
        recipe.startSample,
      ]),
      [
        ['pcm_f32le', 32_000, 1_000, 0],
        ['pcm_f32le', 32_000, 1_000, 32_000],
      ],
    )
    assert.deepEqual(
      (await readdir(directory.path)).filter((name) => name.endsWith('.decoded')),
      [],
    )
  })

  it('has every sample where its timeline places it, at the rate of the MP3', async () => {
    // At 44.1 kHz.
    const timeline: Timeline = { decodedSamples: 44_100, runs: [22_050, 44_100, 33_075, 48_510] }
    const { sourcePath, recipe } = await evenOutBy(decoding())(
      recipesFor({ timeline, sampleRateHz: 44_100 })[0]!,
    )
    const samples = await samplesIn(sourcePath)
    assert.equal(samples.length, 32_000 + 16_000 - 4_800)
    assert.equal(recipe.trackMs, 1_350)
    assert.equal(recipe.track.timeline, null)
    assert.deepEqual(samples.slice(15_998, 16_002), [15_999, 16_000, 0, 0])
    assert.deepEqual(samples.slice(31_999, 32_002), [0, 16_001, 16_002])
    assert.deepEqual(samples.slice(39_998, 40_001), [23_999, 24_000, 28_801])
    assert.equal(samples.at(-1), 32_000)
  })

  it('is refused where it does not decode to the samples that its timeline counts', async () => {
    const timeline: Timeline = { decodedSamples: 88_200, runs: [22_050, 44_100] }
    await assert.rejects(evenOutBy(decoding())(recipesFor({ timeline, sampleRateHz: 44_100 })[0]!), {
      code: 'CORRUPT_FILE',
    })
  })

  it('has silence for what the decoder lacked, and says where', async () => {
    const startsOf = (frame: number) => frame * 3_200 + (frame < 5 ? 0 : 32_000)
    const evenOut = evenOutBy(decoding({ startsOf, errors: ['[aac @ 0x1] [error] Input buffer exhausted'] }))
    const [recipe] = recipesFor({ durationMs: 1_100 })
    await assert.rejects(
      evenOut({ ...recipe!, track: { ...recipe!.track, durationMs: 9_000 } }, { fillsGaps: true }),
      {
        code: 'CORRUPT_FILE',
      },
    )
    const filling = evenOutBy(decoding({ startsOf }))
    const { sourcePath, warnings } = await filling(recipesFor({ durationMs: 2_000 })[0]!, { fillsGaps: true })
    assert.equal((await samplesIn(sourcePath)).length, 64_000)
    assert.deepEqual(
      warnings.map(({ code, startMs, durationMs }) => [code, startMs, durationMs]),
      [['AUDIO_GAP_FILLED', 500, 1_000]],
    )
  })

  it('is not begun where there is no room for it', async () => {
    const runFfmpeg: RunFfmpeg = () => assert.fail('it was begun')
    await assert.rejects(evenOutBy(runFfmpeg, false)(recipesFor({})[0]!), /no room/)
  })

  it("is the media's fault where it cannot be decoded, or what is missing is no silence", async () => {
    const failing: RunFfmpeg = () => Promise.reject(new FfmpegError('Invalid data found', []))
    await assert.rejects(evenOutBy(failing)(recipesFor({})[0]!), { code: 'CORRUPT_FILE' })
    const [recipe] = recipesFor({ durationMs: 2_000 })
    await assert.rejects(evenOutBy(decoding())(recipe!, { fillsGaps: true }), { code: 'CORRUPT_FILE' })
  })
})
