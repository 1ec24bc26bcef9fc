import assert from 'node:assert/strict'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { outputOptionsSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import { createFfmpeg, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { recipeOf, type Recipe } from '#converter/plan/recipe.ts'
import { makeAudioFile } from '#converter/testing/audio-file.ts'
import { onlyEncoded } from '#converter/testing/encode-case.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { createSharedDecode } from './shared-decode.ts'

const { signal } = new AbortController()
const log = pino({ level: 'silent' })
const bounds = [0, 1_234, 4_000, 4_500, 7_777, 60_000]
const sources = {
  'mp4 with AAC': ['aac.mp4', 44_100, 2, ['-c:a', 'aac', '-b:a', '96k']],
  'AAC of noise': ['noise.mp4', 48_000, 1, ['-c:a', 'aac', '-b:a', '32k']],
  'matroska with Opus': ['opus.mkv', 48_000, 2, ['-c:a', 'libopus']],
  'webm with Vorbis': ['vorbis.webm', 44_100, 2, ['-c:a', 'libvorbis']],
  'matroska with six channels of AC-3': ['ac3.mkv', 48_000, 2, ['-c:a', 'ac3', '-ac', '6']],
  'FLAC of 16 bits': ['flac.flac', 44_100, 2, ['-c:a', 'flac']],
  'ALAC of 24 bits': ['alac.m4a', 44_100, 1, ['-c:a', 'alac', '-sample_fmt', 's32p']],
  MP3: ['mp3.mp3', 44_100, 2, ['-c:a', 'libmp3lame', '-b:a', '128k']],
} as const
const wishes: Record<string, Partial<OutputOptions>> = {
  'as it is': {},
  'resampled, mixed and faded': { sampleRateHz: 22_050, channels: 1, fadeInMs: 200, fadeOutMs: 300 },
  'brought to a loudness': { loudness: { targetLufs: -20, maxTruePeakDbtp: -1 } },
}

/** All that is asked of the audio. */
const allWishes = { 'mp4 with AAC': true, 'matroska with six channels of AC-3': true }

describe('MP3s that share a decode', () => {
  let directory: TemporaryDirectory
  before(async () => void (directory = await createTemporaryDirectory()))
  after(() => directory[Symbol.asyncDispose]())

  async function rig(name: keyof typeof sources, wish: Partial<OutputOptions> = {}) {
    const [file, sampleRateHz, channels, options] = sources[name]
    const sourcePath = join(directory.path, file)
    const kind = name === 'AAC of noise' ? 'noise' : 'music'
    await makeAudioFile(sourcePath, { kind, seconds: 9, sampleRateHz, channels, seed: 7 }, ...options)
    const source = sourceOf(await probeFile(sourcePath, signal))
    const output = outputOptionsSchema.parse({ bitrateKbps: 64, ...wish })
    const recipes = bounds
      .slice(1)
      .map((endMs, index) => recipeOf(source, output, { startMs: bounds[index]!, endMs, title: null }))
    let sourceRuns = 0
    const runFfmpeg: RunFfmpeg = (job) => {
      if (job.input === fileUrl(sourcePath)) sourceRuns++
      return createFfmpeg(ffmpegPath)(job)
    }
    return { sourcePath, recipes, runFfmpeg, sourceRuns: () => sourceRuns }
  }
  const mp3Of = async (runFfmpeg: RunFfmpeg, from: { sourcePath: string; recipe: Recipe }) => {
    using share = createCorePool(1).join()
    const outputPath = join(directory.path, 'output.mp3')
    const job = { ...onlyEncoded, ...from, outputPath, share, signal, log, passthrough: false }
    const made = await createMakeMp3(runFfmpeg)({ ...job, onProgress() {} })
    return { bytes: await readFile(outputPath), sampleCount: made.sampleCount }
  }
  const room = { hasRoomFor: async () => true }

  for (const name of Object.keys(sources) as (keyof typeof sources)[])
    for (const [what, wish] of Object.entries(wishes).slice(0, name in allWishes ? 3 : 1))
      it(`are to the byte what each is by itself: ${name}, ${what}`, async () => {
        const { sourcePath, recipes, runFfmpeg, sourceRuns } = await rig(name, wish)
        const folder = join(directory.path, '.')
        using share = createCorePool(1).join()
        const shared = createSharedDecode(
          { runFfmpeg, disk: room },
          { sourcePath, folder, recipes, share, log },
        )
        for (const [index, recipe] of recipes.entries()) {
          const runsBefore = sourceRuns()
          const from = await shared.sourceOf(index, signal)
          assert.notEqual(from.sourcePath, sourcePath)
          const together = await mp3Of(runFfmpeg, from)
          assert.equal(sourceRuns() - runsBefore, index === 0 ? 1 : 0, 'the source is decoded once')
          assert.deepEqual(together, await mp3Of(runFfmpeg, { sourcePath, recipe }), `MP3 ${index + 1}`)
          await shared.made(index)
        }
        assert.deepEqual(
          (await readdir(folder)).filter((each) => each.startsWith('decoded-')),
          [],
        )
        await rm(sourcePath)
      })

  it('are each made of the source where the decode is odd, fails, or finds no room', async () => {
    const { sourcePath, recipes, runFfmpeg } = await rig('mp4 with AAC')
    using share = createCorePool(1).join()
    const job = { sourcePath, folder: directory.path, recipes, share, log }
    const odd: RunFfmpeg = async (given) => ({ ...(await runFfmpeg(given)), errors: ['it is damaged'] })
    const less: RunFfmpeg = async (given) => ({ ...(await runFfmpeg(given)), encodedSamples: 44_100 })
    const failing: RunFfmpeg = () => Promise.reject(new Error('no'))
    for (const dependencies of [
      { runFfmpeg: odd, disk: room },
      { runFfmpeg: less, disk: room },
      { runFfmpeg: failing, disk: room },
      { runFfmpeg, disk: { hasRoomFor: async () => false } },
    ]) {
      const shared = createSharedDecode(dependencies, job)
      assert.deepEqual(await shared.sourceOf(2, signal), { sourcePath, recipe: recipes[2] })
    }
  })

  it('are not made any more when told to stop', async () => {
    const { sourcePath, recipes } = await rig('mp4 with AAC')
    using share = createCorePool(1).join()
    const [reason, ending] = [new Error('enough'), new AbortController()]
    const stopped: RunFfmpeg = () => {
      ending.abort(reason)
      return Promise.reject(reason)
    }
    const shared = createSharedDecode(
      { runFfmpeg: stopped, disk: room },
      { sourcePath, folder: directory.path, recipes, share, log },
    )
    await assert.rejects(shared.sourceOf(0, ending.signal), reason)
  })
})
