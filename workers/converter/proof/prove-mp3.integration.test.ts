import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createEncodeSingle } from '#converter/attempts/single/encode-single.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { readXingTag } from '#converter/bitstream/xing-tag.ts'
import { jobFor } from '#converter/testing/encode-case.ts'
import { createProveMp3, type ProveMp3, type SampleCounts } from './prove-mp3.ts'

describe('an MP3 that is to be proven', () => {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const prove = createProveMp3(runFfmpeg)
  const share = createCorePool(1).join()
  let directory: TemporaryDirectory
  let job: Awaited<ReturnType<typeof jobFor>>
  let encoded: SampleCounts
  let path = ''
  before(async () => {
    directory = await createTemporaryDirectory()
    path = join(directory.path, 'output.mp3')
    job = await jobFor(directory.path, {
      kinds: ['speech'],
      container: 'mp4-aac',
      sampleRateHz: 44_100,
      channels: 2,
      output: { bitrateMode: 'VBR', vbrQuality: 4 },
      segments: 1,
      seed: 3,
    })
    const note: ProveMp3 = async (_path, _recipe, counts, signal) => {
      encoded = counts
      return await prove(path, job.recipe, counts, signal, share)
    }
    const candidate = await createEncodeSingle(runFfmpeg, note)({ ...job, outputPath: path, share })
    await candidate!.prove()
  })
  after(() => directory[Symbol.asyncDispose]())

  it('is, when it holds what was encoded and its tag tells the truth', async () => {
    const { sampleCount, sampleRateHz, channels } = await prove(path, job.recipe, encoded, job.signal, share)
    assert.deepEqual([sampleCount, sampleRateHz, channels], [encoded.encodedSamples, 44_100, 2])
  })

  it('is not, when it lacks a sample more than a tag can be wrong by', async () => {
    const more = { ...encoded, encodedSamples: encoded.encodedSamples + 47 }
    await assert.rejects(prove(path, job.recipe, more, job.signal, share), { code: 'VERIFICATION_FAILED' })
  })

  it('is not, when its tag sends players to the wrong place, and the evidence says so', async () => {
    const bytes = await readFile(path)
    bytes.fill(0, readXingTag(bytes)!.position + 36 + 16 + 1, readXingTag(bytes)!.position + 36 + 116)
    const changed = join(directory.path, 'changed.mp3')
    await writeFile(changed, bytes)
    await assert.rejects(
      prove(changed, job.recipe, encoded, job.signal, share),
      (error: Error & { code: string }) => {
        assert.equal(error.code, 'VERIFICATION_FAILED')
        assert.match(String(error.cause), /table of contents.*CRC of the tag is wrong/)
        return true
      },
    )
  })
})
