import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { createFfmpeg, type FfmpegJob, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createAttempts } from '#converter/attempts/attempts.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { tagFaults } from '#converter/bitstream/tag-faults.ts'
import { readXingTag, sampleCountOf } from '#converter/bitstream/xing-tag.ts'
import {
  describeCase,
  encodeBothWays,
  jobFor,
  onlyEncoded,
  segmentSeconds,
  unproven,
  type EncodeCase,
} from '#converter/testing/encode-case.ts'
import { audioKinds } from '#converter/testing/test-audio.ts'
import type { ProveMp3 } from '#converter/proof/prove-mp3.ts'
import { MissingAudio } from '#converter/source/uneven-audio.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { defaultSegmentOptions } from './segment-options.ts'

const segments = { ...defaultSegmentOptions, leastSegmentMs: segmentSeconds * 1000 }

/** How many cases are drawn beyond the fixed ones: ENCODE_CASES=200 for a long run. */
const drawnCases = Number(process.env['ENCODE_CASES'] ?? 4)

let directory: string
before(async () => void (directory = await mkdtemp(join(tmpdir(), 'earshot-parallel-'))))
after(() => rm(directory, { recursive: true, force: true }))

const cbr = (bitrateKbps: number) => ({ bitrateMode: 'CBR', bitrateKbps }) as const
const usual: EncodeCase = {
  kinds: ['speech', 'music'],
  container: 'mov-pcm',
  sampleRateHz: 44_100,
  channels: 2,
  output: cbr(192),
  segments: 3,
  seed: 1,
}

/** Every promised bitrate and rate, every container, every kind of audio and number of segments at least once. */
const promised: readonly EncodeCase[] = [
  { ...usual, output: cbr(128), container: 'mp4-aac' },
  { ...usual, output: cbr(192), container: 'webm-vorbis', kinds: ['transients', 'silence'], segments: 2 },
  { ...usual, output: cbr(320), kinds: ['noise', 'speech'] },
  { ...usual, output: cbr(128), sampleRateHz: 48_000, container: 'mkv-opus', segments: 2 },
  { ...usual, output: cbr(192), sampleRateHz: 48_000, container: 'ts-ac3', kinds: ['music', 'transients'] },
  { ...usual, output: cbr(320), sampleRateHz: 48_000, container: 'mp4-aac', kinds: ['silence'], segments: 5 },
  { ...usual, output: cbr(128), sampleRateHz: 32_000, kinds: ['transients'], segments: 4 },
  { ...usual, output: cbr(192), sampleRateHz: 32_000, kinds: ['noise'] },
  { ...usual, output: cbr(320), sampleRateHz: 32_000, segments: 2 },
  { ...usual, sampleRateHz: 48_000, container: 'mov-pcm-96-khz', segments: 2 },
  { ...usual, sampleRateHz: 48_000, container: 'mkv-ac3-5.1', segments: 2 },
  { ...usual, options: { trim: { startMs: 1_234, endMs: 28_765 } }, segments: 2 },
  { ...usual, options: { trim: { startMs: 5_001, endMs: null } }, container: 'mp4-aac' },
  {
    ...usual,
    options: { fadeInMs: 12_345, fadeOutMs: 14_321, trim: { startMs: 777, endMs: 30_001 } },
    segments: 3,
  },
  { ...usual, options: { fadeInMs: 25_000 }, container: 'mkv-opus', sampleRateHz: 48_000 },
  { ...usual, options: { sampleRateHz: 44_100, trim: { startMs: 333, endMs: null } }, sampleRateHz: 48_000 },
  { ...usual, options: { channels: 2, encoderQuality: 7 }, channels: 1 },
]

/** Whatever is drawn must hold: proven means identical, and not a sample more or less. */
const drawn: fc.Arbitrary<EncodeCase> = fc.record({
  kinds: fc.uniqueArray(fc.constantFrom(...audioKinds), { minLength: 1, maxLength: 3 }),
  container: fc.constantFrom('mov-pcm', 'mp4-aac'),
  sampleRateHz: fc.constantFrom(22_050, 24_000, 32_000, 44_100, 48_000),
  channels: fc.constantFrom(1, 2),
  output: fc.oneof(
    fc.constantFrom(64, 96, 128, 160, 192, 256, 320).map((kbps) => cbr(kbps as 64)),
    fc.integer({ min: 0, max: 9 }).map((vbrQuality) => ({ bitrateMode: 'VBR' as const, vbrQuality })),
  ),
  segments: fc.integer({ min: 2, max: 5 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
})

describe('an encode in segments', () => {
  for (const given of promised) {
    it(`writes the bytes of a single process: ${describeCase(given)}`, async () => {
      const { result, bytes, single } = await encodeBothWays(directory, given)
      assert.deepEqual(result, { path: 'PARALLEL_SKIP', identicalToSingleEncoder: true })
      assert.ok(bytes.equals(single))
    })
  }

  for (const given of fc.sample(drawn, { numRuns: drawnCases, seed: 20_240 })) {
    it(`never claims what is not so: ${describeCase(given)}`, async () => {
      const { result, bytes, single } = await encodeBothWays(directory, given)
      if (result.identicalToSingleEncoder) assert.ok(bytes.equals(single), `${result.path} differs`)
      else assert.equal(given.output.bitrateMode, 'VBR')
      assert.equal(sampleCountOf(readXingTag(bytes)!), sampleCountOf(readXingTag(single)!))
      const { signal } = new AbortController()
      assert.deepEqual(await tagFaults(join(directory, 'parallel.mp3'), { signal }), [])
    })
  }

  it('seeks where the decoder forgets, with the same bytes', async () => {
    const given = { ...usual, container: 'mp4-aac-no-noise', seek: true } as const
    const { result, bytes, single } = await encodeBothWays(directory, given)
    assert.equal(result.path, 'PARALLEL_SEEK')
    assert.ok(bytes.equals(single))
  })

  it('decodes from the start after all when a seek gave other audio', async () => {
    const given = { ...usual, container: 'mp4-aac-of-noise', kinds: ['noise'], seek: true } as const
    const { result, bytes, single } = await encodeBothWays(directory, given)
    assert.equal(result.path, 'PARALLEL_SKIP')
    assert.ok(bytes.equals(single))
  })
})

describe('what is not proven', () => {
  const middle = ({ outputOptions }: FfmpegJob) =>
    /start_sample=[1-9]\d*:end_sample/.test(outputOptions.join(' '))
  /** Leaves all but the middle segment of three alone. */
  const withMiddle =
    (change: (runFfmpeg: RunFfmpeg, job: FfmpegJob) => ReturnType<RunFfmpeg>) =>
    (runFfmpeg: RunFfmpeg): RunFfmpeg =>
    (job) =>
      middle(job) ? change(runFfmpeg, job) : runFfmpeg(job)
  const fileOf = ({ output }: FfmpegJob) => output.slice('file:'.length)

  const faults = {
    'a segment shifted by one sample': withMiddle((runFfmpeg, job) => {
      const outputOptions = job.outputOptions.map((option) =>
        option.replaceAll(/(start|end)_sample=(\d+)/g, (_, end, at) => `${end}_sample=${Number(at) + 1}`),
      )
      return runFfmpeg({ ...job, outputOptions })
    }),
    'a segment cut short on the disk': withMiddle(async (runFfmpeg, job) => {
      const totals = await runFfmpeg(job)
      await truncate(fileOf(job), (await readFile(fileOf(job))).length - 5_000)
      return totals
    }),
    'a segment with a hole': withMiddle(async (runFfmpeg, job) => {
      const totals = await runFfmpeg(job)
      const bytes = await readFile(fileOf(job))
      await writeFile(fileOf(job), bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 2_000))
      return totals
    }),
    'a segment that ffmpeg could not encode': withMiddle(() => Promise.reject(new Error('no memory'))),
  }
  for (const [fault, change] of Object.entries(faults)) {
    it(`is encoded by a single process: ${fault}`, async () => {
      const { result, bytes, single } = await encodeBothWays(directory, usual, change)
      assert.equal(result.path, 'SINGLE')
      assert.ok(bytes.equals(single))
      assert.deepEqual(
        (await readdir(directory)).filter((name) => name.startsWith('segments-')),
        [],
      )
    })
  }
})

describe('uneven audio', () => {
  /** @returns how often ffmpeg was run until the audio was to be evened out. */
  const runsUntilEvenedOut = async (audioChanges: number, proveMp3: ProveMp3) => {
    const given = await jobFor(directory, usual)
    using share = createCorePool(usual.segments).join()
    let runs = 0
    const ffmpeg = createFfmpeg(ffmpegPath)
    const runFfmpeg: RunFfmpeg = async (job) => {
      runs++
      return { ...(await ffmpeg(job)), audioChanges }
    }
    const makeMp3 = createMakeMp3(runFfmpeg, { attempts: createAttempts(runFfmpeg, { segments, proveMp3 }) })
    const outputPath = join(directory, 'uneven.mp3')
    await assert.rejects(makeMp3({ ...given, ...onlyEncoded, share, outputPath }), /would be evened out/)
    return runs
  }

  it('is not encoded by a safer attempt when a segment heard it change', async () => {
    assert.equal(await runsUntilEvenedOut(1, unproven), usual.segments)
  })
  it('is not encoded by a safer attempt when the proof found some of it missing', async () => {
    assert.equal(await runsUntilEvenedOut(0, () => Promise.reject(new MissingAudio())), usual.segments)
  })
})

describe('an encode in segments that is aborted', () => {
  it('rejects with the reason and leaves no segment behind', async () => {
    const runFfmpeg = createFfmpeg(ffmpegPath)
    const stop = new AbortController()
    using share = createCorePool(3).join()
    const attempts = createAttempts(runFfmpeg, { segments, proveMp3: unproven })
    const outputPath = join(directory, 'aborted.mp3')
    const onProgress = () => stop.abort(new Error('no longer wanted'))
    const given = { ...(await jobFor(directory, usual)), ...onlyEncoded, signal: stop.signal, onProgress }
    await assert.rejects(
      createMakeMp3(runFfmpeg, { attempts })({ ...given, outputPath, share }),
      /no longer wanted/,
    )
    assert.deepEqual(
      (await readdir(directory)).filter((name) => /segments-|aborted/.test(name)),
      [],
    )
  })
})
