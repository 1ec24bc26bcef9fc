import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { makeAudioFile } from '#converter/testing/audio-file.ts'
import type { AudioKind, AudioShape } from '#converter/testing/test-audio.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { isReached, nextPlan, type GainPlan, type LoudnessWish } from './gain-plan.ts'
import { loudnessFilters } from './loudness-filters.ts'
import { createMeasureLoudness, type Loudness } from './measure-loudness.ts'
import { measureMp3Loudness } from './measure-mp3.ts'
import { planGain } from './plan-gain.ts'

const { signal } = new AbortController()
const runFfmpeg = createFfmpeg(ffmpegPath)
const measureLoudness = createMeasureLoudness(runFfmpeg)

let directory: TemporaryDirectory
before(async () => void (directory = await createTemporaryDirectory()))
after(() => directory[Symbol.asyncDispose]())

interface Audio extends AudioShape {
  readonly path: string
}

/** @param filter What ffmpeg does to the audio before it is kept. */
async function make(kind: AudioKind, filter: string, changes: Partial<AudioShape> = {}): Promise<Audio> {
  const shape = { kind, seconds: 8, sampleRateHz: 44_100, channels: 2, seed: 11, ...changes } as const
  const path = join(directory.path, 'audio.flac')
  await makeAudioFile(path, shape, '-af', filter)
  return { ...shape, path }
}

interface Result {
  readonly plan: GainPlan
  readonly measured: Loudness
  readonly encodedSamples: number | null
}

/** As a conversion does it: plan, encode, measure, and again until it is right or comes no nearer. */
async function bringTo(wish: LoudnessWish, audio: Audio, bitrate = '128k'): Promise<Result> {
  using share = createCorePool(2).join()
  const { path, seconds, sampleRateHz, channels } = audio
  const durationMs = seconds * 1000
  const common = { path, reading: 'USUAL' as const, durationMs, sampleRateHz, channels, share, signal }
  const measure = (filters: readonly string[], truePeak: boolean) =>
    measureLoudness({ ...common, trackIndex: 0, filters, filteredMs: durationMs, truePeak })
  let plan = await planGain(measure, wish, sampleRateHz)
  for (;;) {
    const mp3 = join(directory.path, 'audio.mp3')
    const { encodedSamples } = await runFfmpeg({
      inputOptions,
      input: fileUrl(path),
      outputOptions: [
        ...['-af', ['anull', ...loudnessFilters(plan, sampleRateHz)].join(',')],
        ...['-c:a', 'libmp3lame', '-b:a', bitrate, '-y', '-f', 'mp3'],
      ],
      output: fileUrl(mp3),
      limits: { cpuSeconds: 60, fileBytes: 10_000_000 },
      signal,
    })
    const measured = await measureMp3Loudness(measureLoudness, { ...common, path: mp3 }, share, signal)
    const better = nextPlan(plan, measured, wish)
    if (better === null) return { plan, measured, encodedSamples }
    plan = better
  }
}

const show = ({ plan, measured }: Result) => JSON.stringify({ plan, measured })

describe('bringing an MP3 to a loudness', () => {
  for (const [kind, filter] of [
    ['music', 'volume=-25dB'],
    ['speech', 'volume=-30dB'],
    ['noise', 'volume=-40dB'],
    ['music', 'volume=8dB,alimiter=limit=1:level=0'],
    ['speech', 'volume=12dB'],
    ['noise', 'volume=6dB'],
  ] as const) {
    for (const targetLufs of [-16, -23]) {
      it(`hits ${targetLufs} LUFS under -1 dBTP: ${kind}, ${filter}`, async () => {
        const wish = { targetLufs, maxTruePeakDbtp: -1 }
        const result = await bringTo(wish, await make(kind, filter))
        assert.ok(isReached(result.measured, wish), show(result))
        assert.equal(result.plan.limiter, null, 'a gain alone does it')
      })
    }
  }

  const bursts = "volume='if(lt(mod(t,2),0.2),1,0.2)':eval=frame"
  for (const [kind, filter, targetLufs, bitrate] of [
    ['music', 'volume=-20dB', -9, '128k'],
    ['music', bursts, -14, '128k'],
    ['speech', bursts, -14, '128k'],
    ['speech', bursts, -16, '64k'],
  ] as const) {
    it(`limits peaks that are in the way: ${kind} to ${targetLufs} LUFS at ${bitrate}`, async () => {
      const wish = { targetLufs, maxTruePeakDbtp: -1 }
      const result = await bringTo(wish, await make(kind, filter), bitrate)
      assert.ok(isReached(result.measured, wish), show(result))
      assert.notEqual(result.plan.limiter, null)
    })
  }

  it('keeps to the ceiling where the target is out of reach', async () => {
    const wish = { targetLufs: -9, maxTruePeakDbtp: -2 }
    const result = await bringTo(wish, await make('transients', 'anull'))
    assert.ok(result.measured.truePeakDbtp! <= -2, show(result))
    assert.ok(result.measured.integratedLufs! < -10, show(result))
  })

  it('does so for mono audio, at another rate', async () => {
    const wish = { targetLufs: -19, maxTruePeakDbtp: -1 }
    const audio = await make('speech', 'volume=-20dB', { channels: 1, sampleRateHz: 22_050 })
    const result = await bringTo(wish, audio, '64k')
    assert.ok(isReached(result.measured, wish), show(result))
  })

  it('leaves silence and what is too short as they are', async () => {
    for (const audio of [await make('silence', 'anull'), await make('music', 'anull', { seconds: 0.3 })]) {
      const { plan, measured } = await bringTo({ targetLufs: -16, maxTruePeakDbtp: -1 }, audio)
      assert.deepEqual([plan.gainDb, plan.limiter, plan.noLoudness], [0, null, true])
      assert.equal(measured.integratedLufs, null)
    }
  })

  it('brings down the peaks of what is too short', async () => {
    const wish = { targetLufs: -16, maxTruePeakDbtp: -6 }
    const result = await bringTo(wish, await make('noise', 'anull', { seconds: 0.3 }))
    assert.ok(result.measured.truePeakDbtp! <= -6, show(result))
  })

  it('neither adds a sample nor loses one, however many there are', async () => {
    for (const [samples, sampleRateHz] of [
      [17_640, 44_100],
      [17_641, 44_100],
      [23_456, 44_100],
      [47_999, 48_000],
      [8_191, 8_000],
    ] as const) {
      const audio = await make('music', 'anull', { seconds: samples / sampleRateHz, sampleRateHz })
      const plan = { gainDb: 6, limiter: { ceilingDb: -3 }, noLoudness: false }
      const filters = loudnessFilters({ ...plan, mostDriveDb: 15, round: 0, before: null }, sampleRateHz)
      const { encodedSamples } = await runFfmpeg({
        inputOptions,
        input: fileUrl(audio.path),
        outputOptions: ['-af', filters.join(','), '-f', 'null'],
        output: '-',
        signal,
      })
      assert.equal(encodedSamples, samples, `at ${sampleRateHz} Hz`)
    }
  })
})
