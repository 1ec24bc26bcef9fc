import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { Progress } from '#schema/documents/conversion-document.ts'
import { outputOptionsSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import type { Chapter } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { ffmpeg, ffmpegPath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createAttempts } from './attempts.ts'
import type { EncodingPath } from './attempt.ts'
import { createMakeMp3 } from './make-mp3.ts'
import { createEvenOut } from '#converter/source/even-out.ts'
import type { Storing } from '#converter/store/prove-while-storing.ts'
import { isReached } from '#converter/loudness/gain-plan.ts'
import { createMeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { defaultSegmentOptions } from '#converter/attempts/segments/segment-options.ts'
import { recipeOf } from '#converter/plan/recipe.ts'
import { readTagged } from '#converter/store/tags/read-tagged.ts'
import { makePcmFile } from '#converter/testing/audio-file.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { makeAudio } from '#converter/testing/test-audio.ts'
import { createProveMp3, type ProveMp3 } from '#converter/proof/prove-mp3.ts'

const runFfmpeg = createFfmpeg(ffmpegPath)
const [rateHz, seconds, bytesPerSample] = [44_100, 26, 4]
const pcmShape = { sampleRateHz: rateHz, channels: 2 } as const
const pcm = makeAudio({ kind: 'music', seconds, seed: 5, ...pcmShape })
const measureLoudness = createMeasureLoudness(runFfmpeg, { leastPartMs: 5_000 })
const disk = { hasRoomFor: async () => true }
const fourSegments = { ...defaultSegmentOptions, leastSegmentMs: 6_000 }

let directory: TemporaryDirectory
let sourcePath: string
before(async () => {
  directory = await createTemporaryDirectory()
  sourcePath = join(directory.path, 'source.mov')
  await makePcmFile(sourcePath, pcm, pcmShape, ['-c:a', 'pcm_s16le'])
})
after(() => directory[Symbol.asyncDispose]())

const tagOf = (durationMs: number) => Buffer.from(`ID3-${durationMs}`)

interface Wish {
  readonly from?: string
  readonly options?: Partial<OutputOptions>
  readonly chapter?: Chapter
  readonly cores?: number
  readonly proveMp3?: ProveMp3
  readonly store?: Storing['store']
}

async function make({
  from = sourcePath,
  options,
  chapter,
  cores = 1,
  proveMp3 = createProveMp3(runFfmpeg),
  ...wish
}: Wish) {
  const { signal } = new AbortController()
  const source = sourceOf(await probeFile(from, signal))
  const output = outputOptionsSchema.parse(options ?? {})
  const outputPath = join(directory.path, 'output.mp3')
  const evenPath = join(directory.path, `even-${randomUUID()}`)
  using share = createCorePool(cores).join()
  const percents: number[] = []
  const onProgress = ({ percent }: Progress) => void percents.push(percent)
  const stores: string[] = []
  const store: Storing['store'] = async (tag) => {
    stores.push(tag.toString())
    return { blobId: `c.${stores.length}`, sizeBytes: 1, sha256: '' }
  }
  const attempts = createAttempts(runFfmpeg, { segments: fourSegments, proveMp3 })
  const made = await createMakeMp3(runFfmpeg, { attempts, measureLoudness })({
    sourcePath: from,
    outputPath,
    recipe: recipeOf(source, output, chapter ?? null),
    passthrough: false,
    evenOut: createEvenOut({ runFfmpeg, disk }, { sourcePath: from, evenPath }),
    storing: { tagOf, store: wish.store ?? store },
    share,
    signal,
    onProgress,
    log: pino({ level: 'silent' }),
  })
  const frames = Buffer.concat(await Array.fromAsync(readTagged(outputPath, Buffer.alloc(0))))
  return { made, percents, stores, frames }
}

/** The MP3 that ffmpeg makes of these very samples. */
async function mp3Of(fromSample: number, toSample: number, filters: readonly string[] = []): Promise<Buffer> {
  const mp3Path = join(directory.path, 'slice.mp3')
  const slice = pcm.subarray(fromSample * bytesPerSample, toSample * bytesPerSample)
  const coding = ['-c:a', 'libmp3lame', '-b:a', '192k', ...filters.flatMap((filter) => ['-af', filter])]
  await makePcmFile(mp3Path, slice, pcmShape, [...coding, '-id3v2_version', '0'])
  return await readFile(mp3Path)
}
const samplesAt = (milliseconds: number) => Math.round((milliseconds * rateHz) / 1000)

describe('an MP3 by a recipe', () => {
  for (const cores of [1, 4]) {
    it(`is trimmed to the very samples, on ${cores} cores`, async () => {
      for (const trim of [
        { startMs: 1, endMs: 25_999 },
        { startMs: 3_333, endMs: null },
        { startMs: 0, endMs: 13_007 },
      ]) {
        const { made, frames } = await make({ options: { trim }, cores })
        const [from, to] = [samplesAt(trim.startMs), samplesAt(trim.endMs ?? seconds * 1000)]
        assert.equal(made.sampleCount, to - from)
        assert.ok(frames.equals(await mp3Of(from, to)), JSON.stringify(trim))
        assert.equal(made.encoding.path, cores === 1 ? 'SINGLE' : 'PARALLEL_SKIP')
      }
    })

    it(`fades at both ends, by an end that only decoding tells, on ${cores} cores`, async () => {
      const { made, frames } = await make({ options: { fadeInMs: 2_000, fadeOutMs: 9_000 }, cores })
      const out = `afade=t=out:ss=${samplesAt(17_000)}:ns=${samplesAt(9_000)}`
      assert.ok(
        frames.equals(await mp3Of(0, seconds * rateHz, [`afade=t=in:ss=0:ns=${samplesAt(2_000)},${out}`])),
      )
      assert.equal(made.sampleCount, seconds * rateHz)
    })
  }

  it('is one chapter, from its first sample to its last', async () => {
    const { frames } = await make({ chapter: { startMs: 5_001, endMs: 9_002, title: null } })
    assert.ok(frames.equals(await mp3Of(samplesAt(5_001), samplesAt(9_002))))
    const last = await make({ chapter: { startMs: 20_000, endMs: 27_000, title: null } })
    assert.ok(last.frames.equals(await mp3Of(samplesAt(20_000), seconds * rateHz)))
  })

  it('has the shape that was asked for', async () => {
    const shape = async (options: Partial<OutputOptions>) => {
      const { made } = await make({ options })
      return [made.sampleRateHz, made.channels, made.bitrateMode]
    }
    assert.deepEqual(await shape({ channels: 1, sampleRateHz: 22_050 }), [22_050, 1, 'CBR'])
    assert.deepEqual(await shape({ bitrateMode: 'ABR', bitrateKbps: 100 }), [44_100, 2, 'ABR'])
    assert.deepEqual(await shape({ bitrateMode: 'VBR', vbrQuality: 6, sampleRateHz: 48_000 }), [
      48_000,
      2,
      'VBR',
    ])
  })

  it('meets an average bitrate on the whole', async () => {
    const { made } = await make({ options: { bitrateMode: 'ABR', bitrateKbps: 100 } })
    assert.ok(Math.abs(made.bitrateKbps - 100) < 10, `${made.bitrateKbps} kbit/s`)
  })
})

describe('an MP3 of a loudness', () => {
  for (const [what, wish, identicalToSingleEncoder] of [
    ['a gain alone', { targetLufs: -23, maxTruePeakDbtp: -1 }, true],
    ['a limiter, whose state is not compared', { targetLufs: -8, maxTruePeakDbtp: -1 }, false],
  ] as const) {
    it(`is brought to it by ${what}, in the part that is kept`, async () => {
      const options = { loudness: wish, trim: { startMs: 2_000, endMs: 24_000 }, fadeInMs: 3_000 }
      const { made, frames } = await make({ options, cores: 4 })
      assert.ok(isReached(made.loudness!, wish), JSON.stringify(made))
      assert.deepEqual(made.encoding, { path: 'PARALLEL_SKIP', identicalToSingleEncoder })
      assert.equal(made.sampleCount, 22 * rateHz)
      const single = await make({ options })
      assert.equal(single.made.encoding.path, 'SINGLE')
      assert.ok(frames.equals(single.frames), 'in segments as in one piece')
    })
  }

  it('gets on all the while, and is not as good as done before it is known to be loud enough', async () => {
    const { percents } = await make({ options: { loudness: { targetLufs: -23, maxTruePeakDbtp: -1 } } })
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
    assert.ok(
      percents.some((percent) => percent > 50 && percent <= 60),
      percents.join(),
    )
    assert.ok(percents.at(-1)! < 99)
  })
})

describe('an MP3 of audio that changes its rate and channels on the way', () => {
  let from: string
  before(async () => {
    const parts = [join(directory.path, 'first.aac'), join(directory.path, 'second.aac')]
    for (const [index, coded] of [
      ['-ar', '44100', '-ac', '2'],
      ['-ar', '48000', '-ac', '1'],
    ].entries()) {
      const tone = ['-f', 'lavfi', '-i', 'sine=440:duration=4']
      await ffmpeg(...tone, ...coded, '-c:a', 'aac', parts[index]!)
    }
    from = join(directory.path, 'changing.aac')
    await writeFile(from, Buffer.concat(await Promise.all(parts.map((path) => readFile(path)))))
  })
  const decoded = async (): Promise<Int16Array> => {
    const bytes = await ffmpeg('-i', join(directory.path, 'output.mp3'), '-ac', '1', '-f', 's16le', '-')
    return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1)
  }
  const peak = (samples: Int16Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

  it('is whole, and no longer called the bytes of a single encoder', async () => {
    const { made } = await make({ from })
    assert.ok(Math.abs(made.durationMs - 8_000) < 100, `${made.durationMs} ms`)
    assert.equal(made.encoding.identicalToSingleEncoder, false)
  })

  it('is trimmed and fades where it should', async () => {
    const { made } = await make({
      from,
      options: { trim: { startMs: 1_000, endMs: 7_000 }, fadeOutMs: 2_000 },
    })
    assert.equal(made.sampleCount, 6 * rateHz)
    const samples = await decoded()
    const [full, end] = [
      samples.subarray(3 * rateHz, 3.5 * rateHz),
      samples.subarray(5.9 * rateHz, 6 * rateHz),
    ]
    assert.ok(peak(full) > 2_000 && peak(end) < peak(full) / 10, `${peak(full)}, ${peak(end)}`)
  })
})

describe('an MP3 of audio that is missing on the way', () => {
  const tone = ['-f', 'lavfi', '-i', 'sine=440:duration=6', '-c:a', 'aac']

  it('is silent there, and what follows is in its place', async () => {
    const from = join(directory.path, 'gap.mkv')
    await ffmpeg(...tone, '-filter:a', "aselect='not(between(t,2,4))'", from)
    const { made } = await make({ from })
    assert.ok(Math.abs(made.durationMs - 6_000) < 50, `${made.durationMs} ms`)
    assert.equal(made.encoding.identicalToSingleEncoder, false)
    const decoded = await ffmpeg('-i', join(directory.path, 'output.mp3'), '-ac', '1', '-f', 's16le', '-')
    const samples = new Int16Array(decoded.buffer, decoded.byteOffset, decoded.length >> 1)
    const loudest = (fromMs: number, toMs: number) =>
      samples.subarray(samplesAt(fromMs), samplesAt(toMs)).reduce((most, s) => Math.max(most, Math.abs(s)), 0)
    assert.ok(loudest(0, 1_900) > 2_000 && loudest(4_200, 5_900) > 2_000)
    assert.ok(loudest(2_200, 3_900) < 100)
  })

  it('is not made where the audio is damaged', async () => {
    const from = join(directory.path, 'damaged.mp4')
    await ffmpeg(...tone, '-movflags', '+faststart', from)
    const bytes = await readFile(from)
    bytes.fill(0xff, bytes.length >> 1, (bytes.length * 3) >> 2)
    await writeFile(from, bytes)
    await assert.rejects(make({ from }), { code: 'CORRUPT_FILE' })
  })
})

describe('an MP3 that does not stand its proof', () => {
  /** Rejects the first so many. */
  const strict = (rejections: number): { proveMp3: ProveMp3; judged: () => number } => {
    let judged = 0
    const verify = createProveMp3(runFfmpeg)
    return {
      judged: () => judged,
      proveMp3: async (...given) => {
        if (judged++ < rejections) throw new DomainError('VERIFICATION_FAILED')
        return await verify(...given)
      },
    }
  }

  it('is followed by one that was made by a safer attempt, stored under an id of its own', async () => {
    const { proveMp3, judged } = strict(1)
    const { made, stores, frames } = await make({ cores: 4, proveMp3 })
    assert.deepEqual([made.encoding.path, judged()], ['SINGLE', 2] satisfies [EncodingPath, number])
    const tag = String(tagOf(made.durationMs))
    assert.deepEqual(stores, [tag, tag])
    assert.equal(made.stored.blobId, 'c.2')
    assert.ok(frames.equals(await mp3Of(0, seconds * rateHz)))
  })

  it('is none, when the safest has been tried', async () => {
    const { proveMp3, judged } = strict(9)
    await assert.rejects(make({ cores: 4, proveMp3 }), { code: 'VERIFICATION_FAILED' })
    assert.equal(judged(), 2)
  })
})

describe('an MP3 that the store does not take', () => {
  it('is not made again by a safer attempt: that would be refused as well', async () => {
    let stores = 0
    const store: Storing['store'] = async () => {
      stores++
      throw new Error('no database')
    }
    await assert.rejects(make({ cores: 4, store }), /no database/)
    assert.equal(stores, 1)
  })

  it('is stored once where it is made several times for its loudness', async () => {
    const loudness = { targetLufs: -8, maxTruePeakDbtp: -1 }
    const { made, stores } = await make({ options: { loudness } })
    assert.deepEqual(stores, [String(tagOf(made.durationMs))])
  })
})
