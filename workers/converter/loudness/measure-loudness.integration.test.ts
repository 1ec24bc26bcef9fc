import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { makeAudioFile } from '#converter/testing/audio-file.ts'
import type { AudioKind, AudioShape } from '#converter/testing/test-audio.ts'
import { childProcesses } from '#test/harness/child-processes.ts'
import { ffmpeg, ffmpegPath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createMeasureLoudness, type Loudness, type LoudnessJob } from './measure-loudness.ts'

const { signal } = new AbortController()

let directory: TemporaryDirectory
before(async () => void (directory = await createTemporaryDirectory()))
after(() => directory[Symbol.asyncDispose]())

/** @param source What makes the audio, in ffmpeg's options. */
async function make(name: string, source: readonly string[]): Promise<string> {
  const path = join(directory.path, name)
  await ffmpeg(...source, path)
  return path
}

async function makeKind(kind: AudioKind, name: string, shape: Partial<AudioShape> = {}) {
  const audio = { kind, seconds: 12.345, sampleRateHz: 44_100, channels: 2, seed: 7, ...shape } as const
  const path = join(directory.path, name)
  await makeAudioFile(path, audio)
  return path
}

/** @param parts How many the audio of about twelve seconds is cut into. */
async function measure(path: string, parts = 1, changes: Partial<LoudnessJob> = {}): Promise<Loudness> {
  using share = createCorePool(parts).join()
  const measureLoudness = createMeasureLoudness(createFfmpeg(ffmpegPath), { leastPartMs: 1_000 })
  return await measureLoudness({
    ...{ path, reading: 'USUAL', trackIndex: 0, durationMs: 12_345, filters: [], filteredMs: 12_345 },
    ...{ sampleRateHz: 44_100, channels: 2, truePeak: true, share, signal, ...changes },
  })
}

function assertNear(actual: number | null, expected: number | null, tolerance: number, what: string): void {
  const near = actual !== null && expected !== null && Math.abs(actual - expected) <= tolerance
  assert.ok(near || actual === expected, `${what}: ${actual}, not ${expected}`)
}

/** A sine of 1 kHz in both channels, its peak at each level for so many seconds (EBU Tech 3341, table 1). */
const tones = (...levels: readonly (readonly [dbfs: number, seconds: number])[]): string[] => [
  ...levels.flatMap(([dbfs, seconds]) => [
    ...['-f', 'lavfi', '-i'],
    `aevalsrc='${10 ** (dbfs / 20)}*sin(2000*PI*t)|${10 ** (dbfs / 20)}*sin(2000*PI*t)':s=48000:d=${seconds}`,
  ]),
  ...['-filter_complex', `concat=n=${levels.length}:v=0:a=1`, '-c:a', 'pcm_s24le'],
]

describe('measuring loudness', () => {
  const cases = {
    1: [-23, tones([-23, 20])],
    2: [-33, tones([-33, 20])],
    3: [-23, tones([-36, 10], [-23, 60], [-36, 10])],
    4: [-23, tones([-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10])],
    5: [-23, tones([-26, 20], [-20, 20.1], [-26, 20])],
  } as const
  for (const [number, [expected, source]] of Object.entries(cases)) {
    it(`passes test case ${number} of EBU Tech 3341, in one part and in three`, async () => {
      const path = await make(`case-${number}.wav`, source)
      for (const parts of [1, 3]) {
        const job = { filteredMs: 60_000, sampleRateHz: 48_000, truePeak: false }
        const { integratedLufs, truePeakDbtp } = await measure(path, parts, job)
        assertNear(integratedLufs, expected, 0.1, `${parts} parts`)
        assert.equal(truePeakDbtp, null)
      }
    })
  }

  it('finds the true peak between the samples', async () => {
    // A quarter of the sample rate at 45°, as in Tech 3341's case 16: all samples are 3 dB below the peak. Faded, for an
    // abrupt start has a peak of its own.
    const wave = "aevalsrc='0.5*min(1,10*min(t,1-t))*sin(2*PI*12000*t+PI/4)':s=48000:d=1"
    const path = await make('between.wav', ['-f', 'lavfi', '-i', wave, '-c:a', 'pcm_s24le'])
    const { truePeakDbtp } = await measure(path, 1, { sampleRateHz: 48_000, channels: 1 })
    assertNear(truePeakDbtp, 20 * Math.log10(0.5), 0.2, 'true peak')
  })

  for (const kind of ['speech', 'music', 'noise', 'transients'] as const) {
    it(`gives on any number of cores what a single process does: ${kind}`, async () => {
      const path = await makeKind(kind, `${kind}.m4a`)
      const whole = await measure(path)
      for (const parts of [2, 3, 7]) {
        const cut = await measure(path, parts)
        assertNear(cut.integratedLufs, whole.integratedLufs, 0.005, `${parts} parts, loudness`)
        assertNear(cut.truePeakDbtp, whole.truePeakDbtp, 0.02, `${parts} parts, true peak`)
      }
    })
  }

  it('measures what the filters leave, at the rate and in the channels of the MP3', async () => {
    const path = await makeKind('music', 'filtered.flac', { sampleRateHz: 96_000 })
    const filters = ['atrim=start=2.5:end=9', 'asetpts=PTS-STARTPTS', 'volume=-6dB']
    const job = { filters, filteredMs: 6_500, sampleRateHz: 22_050, channels: 1 } as const
    const [whole, cut] = [await measure(path, 1, job), await measure(path, 4, job)]
    const plain = await measure(path, 1, { ...job, filters: filters.slice(0, 2) })
    assertNear(whole.integratedLufs, plain.integratedLufs! - 6, 0.01, 'quieter by 6 dB')
    assertNear(cut.integratedLufs, whole.integratedLufs, 0.005, 'in parts')
    assertNear(cut.truePeakDbtp, whole.truePeakDbtp, 0.05, 'in parts, true peak')
  })

  it('takes the track it is told to', async () => {
    const two = ['sine=frequency=1000:duration=2', 'sine=frequency=1000:duration=2,volume=-20dB']
    const inputs = two.flatMap((sine) => ['-f', 'lavfi', '-i', sine])
    const path = await make('two.mka', [...inputs, '-map', '0', '-map', '1', '-c:a', 'flac'])
    const [first, second] = [await measure(path), await measure(path, 1, { trackIndex: 1 })]
    assertNear(second.integratedLufs, first.integratedLufs! - 20, 0.05, 'second track')
  })

  it('counts mono audio as one channel', async () => {
    const tone = [
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=1000:sample_rate=48000:duration=2',
      '-c:a',
      'pcm_s24le',
    ]
    const path = await make('mono.wav', tone)
    // The source's amplitude is an eighth: -18.06 dBFS, and 3.01 dB less for one channel where Tech 3341 has two.
    const { integratedLufs } = await measure(path, 1, { channels: 1, sampleRateHz: 48_000 })
    assertNear(integratedLufs, 20 * Math.log10(1 / 8) - 3.01, 0.05, 'mono')
  })

  it('knows no loudness of silence', async () => {
    const path = await makeKind('silence', 'silence.flac')
    assert.deepEqual(await measure(path, 3), { integratedLufs: null, truePeakDbtp: null })
  })

  it('knows no loudness of less than 400 ms, but its true peak', async () => {
    const path = await makeKind('noise', 'short.flac', { seconds: 0.39 })
    const { integratedLufs, truePeakDbtp } = await measure(path, 1, { filteredMs: 390 })
    assert.equal(integratedLufs, null)
    assert.ok(truePeakDbtp !== null && truePeakDbtp > -6 && truePeakDbtp < 6, `${truePeakDbtp} dBTP`)
  })

  it('measures what there is of audio shorter than was thought', async () => {
    const path = await makeKind('music', 'cut-short.flac', { seconds: 3 })
    const [whole, cut] = [await measure(path), await measure(path, 6)]
    assertNear(cut.integratedLufs, whole.integratedLufs, 0.005, 'in parts')
  })

  it('refuses what cannot be decoded, and leaves no process behind', async () => {
    const path = join(directory.path, 'text.mp4')
    await writeFile(path, 'no audio\n'.repeat(100))
    await assert.rejects(measure(path, 3), { code: 'CORRUPT_FILE' })
    assert.deepEqual(childProcesses(), [])
  })

  it('ends when told to, with the reason', async () => {
    const path = await makeKind('music', 'ended.flac')
    const reason = new Error('enough')
    await assert.rejects(measure(path, 3, { signal: AbortSignal.abort(reason) }), reason)
    assert.deepEqual(childProcesses(), [])
  })
})
