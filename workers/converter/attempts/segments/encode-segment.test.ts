import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newConversion } from '#ledger/testing/sample-records.ts'
import type { FfmpegJob } from '#runtime/ffmpeg/ffmpeg.ts'
import { readOn } from '#runtime/ffmpeg/hardening.ts'
import { recipeOf } from '#converter/plan/recipe.ts'
import { encodeSegment, type SegmentJob } from './encode-segment.ts'

const { source, output } = newConversion
const trimmed = { ...output, trim: { startMs: 10_000, endMs: 50_000 } }
const rateHz = 44_100

/** What ffmpeg is told of where a segment of the trimmed audio lies, and of its progress. */
async function told(segment: SegmentJob['segment'], mode: SegmentJob['mode']) {
  let given: FfmpegJob | undefined
  const doneMs: number[] = []
  const runFfmpeg = async (job: FfmpegJob) => {
    given = job
    for (const outTimeMs of [0, 30_000]) job.onProgress?.({ outTimeMs, speed: 1 })
    return {
      decodedSamples: 1,
      encodedSamples: 1,
      audioChanges: 0,
      channelLayouts: [],
      decodeErrors: 0,
      outTimeMs: 0,
      errors: [],
    }
  }
  await encodeSegment(runFfmpeg, {
    ...{ segment, mode, sourcePath: '/source', outputPath: '/output.mp3' },
    recipe: recipeOf({ ...source, reading: 'LATE' }, trimmed, null),
    signal: new AbortController().signal,
    onProgress: (done) => void doneMs.push(Math.round(done)),
  })
  const { inputOptions, outputOptions } = given!
  const seek = inputOptions.includes('-ss') ? inputOptions[inputOptions.indexOf('-ss') + 1] : null
  const filters = outputOptions[outputOptions.indexOf('-af') + 1]!
  const readsOn = readOn.every((option) => inputOptions.includes(option))
  return { seek, trim: /atrim=.*/.exec(filters)![0], doneMs, readsOn }
}

describe('a segment', () => {
  const second = { startSample: 10 * rateHz, endSample: 20 * rateHz, firstFrame: 0 }

  it('is cut out of all that was decoded before it', async () => {
    const { seek, trim, doneMs } = await told(second, 'skip')
    assert.deepEqual([seek, trim], [null, 'atrim=start_sample=882000:end_sample=1323000'])
    assert.deepEqual(doneMs, [0, 10_000])
  })

  it('is read as the source has to be, in either mode', async () => {
    for (const mode of ['skip', 'seek'] as const) assert.ok((await told(second, mode)).readsOn)
  })

  it('is sought half a second early, and cut to the same samples', async () => {
    const { seek, trim, doneMs } = await told(second, 'seek')
    assert.deepEqual([seek, trim], ['19.500000', 'atrim=start_sample=22050:end_sample=463050'])
    assert.deepEqual(doneMs, [0, 29_500])
  })

  it('ends where its recipe does when it is the last', async () => {
    const { trim } = await told({ ...second, endSample: null }, 'skip')
    assert.equal(trim, 'atrim=start_sample=882000:end_sample=2205000')
  })

  it('is never sought when it is the first, wherever its audio begins: the others are proven by it', async () => {
    const { seek, trim } = await told({ ...second, startSample: 0 }, 'seek')
    assert.deepEqual([seek, trim], [null, 'atrim=start_sample=441000:end_sample=1323000'])
  })
})
