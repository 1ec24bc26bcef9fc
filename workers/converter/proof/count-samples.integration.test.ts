import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { childProcesses } from '#test/harness/child-processes.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { countDecodedSamples, UndecodableMp3 } from './count-samples.ts'
import { framesFrom } from '#converter/bitstream/frame-reader.ts'
import { readXingTag } from '#converter/bitstream/xing-tag.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { makePcmFile } from '#converter/testing/audio-file.ts'
import { makeAudio } from '#converter/testing/test-audio.ts'

const seconds = 210
const samples = 44_100 * seconds

let directory: TemporaryDirectory
before(async () => void (directory = await createTemporaryDirectory()))
after(() => directory[Symbol.asyncDispose]())

/** Big enough for four parts. */
async function makeMp3(name: string, options: readonly string[]): Promise<string> {
  const path = join(directory.path, name)
  const shape = { kind: 'noise', seconds: 10, sampleRateHz: 44_100, channels: 2, seed: 3 } as const
  await makePcmFile(path, makeAudio(shape), shape, options, seconds / 10)
  return path
}

async function count(path: string, cores: number): Promise<number> {
  using share = createCorePool(cores).join()
  const { signal } = new AbortController()
  const [tag, { size: sizeBytes }] = [readXingTag(await readFile(path)), await stat(path)]
  return await countDecodedSamples(createFfmpeg(ffmpegPath), { path, sizeBytes, tag: tag! }, share, signal)
}

describe('counting the samples of an MP3', () => {
  for (const [name, options] of [
    ['cbr.mp3', ['-b:a', '320k', '-compression_level', '9']],
    ['vbr.mp3', ['-q:a', '0', '-compression_level', '9']],
  ] as const) {
    it(`gives the same on any number of cores: ${name}`, async () => {
      const path = await makeMp3(name, options)
      assert.deepEqual(
        await Promise.all([1, 2, 3, 4].map((cores) => count(path, cores))),
        Array(4).fill(samples),
      )
    })
  }

  it('finds a missing frame in any part', async () => {
    const bytes = await readFile(await makeMp3('whole.mp3', ['-b:a', '320k', '-compression_level', '9']))
    for (const part of [0.2, 0.7]) {
      const around = Math.floor(bytes.length * part)
      const { offset, header } = framesFrom(bytes.subarray(around, around + 20_000))[0]!
      const [at, end] = [around + offset, around + offset + header.frameBytes]
      const cut = join(directory.path, 'cut.mp3')
      await writeFile(cut, Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]))
      assert.equal(await count(cut, 2), samples - 1152)
    }
  })

  it('refuses what does not decode, and leaves no decoder behind', async () => {
    const path = await makeMp3('broken.mp3', ['-b:a', '320k', '-compression_level', '9'])
    const bytes = await readFile(path)
    // Soon after the beginning of the second part, which so fails first.
    const middle = bytes.length >> 1
    bytes.fill(0x5a, middle + 100_000, middle + 200_000)
    await writeFile(path, bytes)
    await assert.rejects(count(path, 2), UndecodableMp3)
    assert.deepEqual(childProcesses(), [])
  })
})
