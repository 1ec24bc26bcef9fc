import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { FfmpegError, type FfmpegJob, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { ChangingAudio } from './uneven-audio.ts'
import { recipeOf, type Recipe } from '#converter/plan/recipe.ts'
import { withKnownEnd } from './with-known-end.ts'

const { source, output } = newConversion
const { signal } = new AbortController()
const fading = { ...recipeOf(source, output, null), fadeOutSamples: 44_100 }

async function known(recipe: Recipe, encodedSamples: number | null, audioChanges = 0) {
  const jobs: FfmpegJob[] = []
  const runFfmpeg: RunFfmpeg = async (job: FfmpegJob) => {
    jobs.push(job)
    return {
      encodedSamples,
      decodedSamples: encodedSamples,
      audioChanges,
      channelLayouts: [],
      decodeErrors: 0,
      outTimeMs: 0,
      errors: [],
    }
  }
  const found = await withKnownEnd(runFfmpeg, { sourcePath: '/source', recipe, signal })
  return { found, job: jobs[0]! }
}

describe('a recipe whose end only decoding tells', () => {
  it('ends with the last sample at the MP3’s rate, and lasts as long', async () => {
    const { found, job } = await known({ ...fading, startSample: 22_050 }, 88_200)
    assert.deepEqual([found.endSample, found.lengthMs, found.fadeOutSamples], [88_200, 1_500, 44_100])
    assert.ok(job.outputOptions.includes('aresample=44100'))
    assert.ok(job.limits!.cpuSeconds >= 1_200, 'as long as an encode may take')
  })

  it('ends where it was told to, when the audio goes on', async () => {
    const { found, job } = await known({ ...fading, endSample: 50_000 }, 88_200)
    assert.equal(found.endSample, 50_000)
    assert.ok(
      job.outputOptions.includes('aresample=44100,atrim=end_sample=50000'),
      'and no further is decoded',
    )
  })

  it('fades for no longer than there is audio', async () => {
    const { found } = await known({ ...fading, startSample: 80_000 }, 88_200)
    assert.equal(found.fadeOutSamples, 8_200)
  })

  it('is none when the audio ends before it begins, or nothing was decoded', async () => {
    for (const samples of [null, 0, 100])
      await assert.rejects(known({ ...fading, startSample: 100 }, samples), { code: 'CORRUPT_FILE' })
  })

  it('is none where the audio changes on the way', () =>
    assert.rejects(known(fading, 88_200, 1), ChangingAudio))

  it('is none when the source cannot be read', async () => {
    const broken = () => Promise.reject(new FfmpegError('Invalid data found', []))
    await assert.rejects(withKnownEnd(broken, { sourcePath: '/source', recipe: fading, signal }), {
      code: 'CORRUPT_FILE',
    })
  })
})
