import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { progressSchema, type Progress } from '#schema/documents/conversion-document.ts'
import type { AudioTrack } from '#schema/documents/source-media.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { ffmpeg, ffmpegPath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { NotCopyable } from './not-copyable.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import { createPassThrough } from './pass-through.ts'
import { readXingTag, sampleCountOf } from '#converter/bitstream/xing-tag.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { makeAudioFile } from '#converter/testing/audio-file.ts'

const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=2']

describe('an MP3 track of a video', () => {
  const { signal } = new AbortController()
  const passThrough = createPassThrough(createFfmpeg(ffmpegPath))
  let directory: TemporaryDirectory
  let outputPath = ''
  const inDirectory = (name: string) => join(directory.path, name)
  before(async () => {
    directory = await createTemporaryDirectory()
    outputPath = inDirectory('output.mp3')
    for (const [name, sampleRateHz, channels] of [
      ['stereo', 44_100, 2],
      ['mono', 44_100, 1],
      ['low', 22_050, 1],
      ['dvd', 48_000, 2],
    ] as const) {
      const shape = { kind: 'music', seconds: 2.1234, sampleRateHz, channels, seed: 5 } as const
      await makeAudioFile(inDirectory(`${name}.wav`), shape)
    }
  })
  after(() => directory[Symbol.asyncDispose]())

  async function copy(name: string, track = 0, changes: Partial<AudioTrack> = {}): Promise<ProvenMp3> {
    const media = await probeFile(inDirectory(name), signal)
    const changed = { ...media.audioTracks[track]!, ...changes }
    const recipe = { track: changed, reading: 'USUAL', trackMs: media.durationMs } as const
    using share = createCorePool(1).join()
    await rm(outputPath, { force: true })
    return await passThrough({
      sourcePath: inDirectory(name),
      outputPath,
      recipe,
      share,
      signal,
      onProgress() {},
    })
  }
  /** A video with the audio as an MP3 track. */
  async function film(name: string, audio: string, ...options: string[]): Promise<string> {
    const codecs = ['-c:v', name.endsWith('flv') ? 'flv1' : 'mpeg4', '-c:a', 'libmp3lame']
    const inputs = [...picture, '-i', inDirectory(`${audio}.wav`), '-map', '0:v', '-map', '1:a']
    await ffmpeg(...inputs, ...codecs, ...options, inDirectory(name))
    return name
  }
  const decoded = (path: string, track = 0) => ffmpeg('-i', path, '-map', `0:a:${track}`, '-f', 'f32le', '-')
  const packets = (path: string, track = 0) =>
    ffmpeg('-i', path, '-map', `0:a:${track}`, '-c', 'copy', '-f', 'data', '-')
  async function framesOf(path: string): Promise<Buffer> {
    const bytes = await readFile(path)
    const tag = readXingTag(bytes)!
    return bytes.subarray(tag.position + tag.frameBytes)
  }
  /** Samples a channel. */
  const samplesIn = (audio: Buffer, { channels }: ProvenMp3) => audio.length / 4 / channels
  const isRefused = async (copied: Promise<unknown>, why: RegExp) => {
    await assert.rejects(copied, (error) => {
      assert.ok(error instanceof NotCopyable, String(error))
      assert.match(error.message, why)
      return true
    })
    assert.deepEqual(
      (await readdir(directory.path)).filter((name) => name.startsWith('output')),
      [],
    )
  }

  for (const [audio, container, rate, mode, delay] of [
    ['stereo', 'mp4', ['-b:a', '128k'], 'CBR', 576],
    ['mono', 'mov', ['-b:a', '64k'], 'CBR', 576],
    ['low', 'mp4', ['-q:a', '2'], 'VBR', 576],
    ['stereo', 'avi', ['-b:a', '192k'], 'CBR', 0],
    ['mono', 'avi', ['-q:a', '0'], 'VBR', 0],
    ['stereo', 'flv', ['-b:a', '128k'], 'CBR', 0],
    ['dvd', 'ts', ['-q:a', '6'], 'VBR', 0],
    ['low', 'asf', ['-b:a', '48k'], 'CBR', 0],
  ] as const) {
    it(`is copied frame for frame, and sounds the same to the sample: ${audio} ${rate.join(' ')} in ${container}`, async () => {
      const path = inDirectory(await film(`${audio}.${container}`, audio, ...rate))
      const copied = await copy(`${audio}.${container}`)
      assert.deepEqual(await framesOf(outputPath), await packets(path))
      const heard = await decoded(outputPath)
      assert.deepEqual(heard, await decoded(path))
      const tag = readXingTag(await readFile(outputPath))!
      const count = samplesIn(heard, copied)
      assert.deepEqual([copied.sampleCount, sampleCountOf(tag), tag.encoderDelay], [count, count, delay])
      assert.equal(copied.bitrateMode, mode)
      if (mode === 'CBR') assert.equal(`${copied.bitrateKbps}k`, rate[1])
    })
  }

  it('keeps an end that no tag can leave out without a start: Matroska states but the padding', async () => {
    const path = inDirectory(await film('end.mkv', 'stereo', '-q:a', '4'))
    const copied = await copy('end.mkv')
    assert.deepEqual(await framesOf(outputPath), await packets(path))
    const [heard, source] = [await decoded(outputPath), await decoded(path)]
    assert.deepEqual(heard.subarray(0, source.length), source)
    const surplus = samplesIn(heard, copied) - samplesIn(source, copied)
    assert.ok(surplus > 0 && surplus < 1152, `${surplus} samples`)
    assert.equal(copied.sampleCount, samplesIn(heard, copied))
  })

  it('is the one that was asked for', async () => {
    const inputs = ['-i', inDirectory('stereo.wav'), '-i', inDirectory('mono.wav'), '-map', '0', '-map', '1']
    await ffmpeg(...inputs, '-c:a', 'libmp3lame', '-ac:0', '2', inDirectory('two.mp4'))
    const copied = await copy('two.mp4', 1)
    assert.equal(copied.channels, 1)
    assert.deepEqual(await decoded(outputPath), await decoded(inDirectory('two.mp4'), 1))
  })

  it('is refused when it is no MP3', async () => {
    await ffmpeg('-i', inDirectory('stereo.wav'), '-c:a', 'aac', inDirectory('aac.mp4'))
    await isRefused(copy('aac.mp4'), /ffmpeg exited with code 1/)
  })

  it('is refused when it changes its rate or channels on the way', async () => {
    for (const audio of ['stereo', 'dvd', 'mono'])
      await ffmpeg(
        '-i',
        inDirectory(`${audio}.wav`),
        '-b:a',
        '64k',
        '-write_xing',
        '0',
        inDirectory(`${audio}.mp3`),
      )
    for (const other of ['dvd', 'mono']) {
      const parts = await Promise.all(['stereo', other].map((audio) => readFile(inDirectory(`${audio}.mp3`))))
      await writeFile(inDirectory('mixed.mp3'), Buffer.concat(parts.map((part) => part.subarray(45))))
      await ffmpeg('-f', 'mp3', '-i', inDirectory('mixed.mp3'), '-c', 'copy', inDirectory('mixed.mkv'))
      await isRefused(copy('mixed.mkv'), /a frame of \d+ Hz and \d channels among 44100 and 2/)
    }
  })

  it('is refused when it was cut out of a stream, and needs bits of what went before', async () => {
    const path = inDirectory(await film('whole.ts', 'stereo', '-b:a', '128k'))
    await ffmpeg('-ss', '0.7', '-i', path, '-map', '0:a', '-c', 'copy', inDirectory('cut.ts'))
    await isRefused(copy('cut.ts'), /needs main data of frames before it/)
  })

  it('is refused when a frame is damaged', async () => {
    const path = inDirectory(await film('whole.avi', 'stereo', '-b:a', '128k'))
    const bytes = await readFile(path)
    const at = bytes.indexOf((await packets(path)).subarray(0, 4), bytes.length >> 1)
    await writeFile(inDirectory('damaged.avi'), bytes.fill(0, at, at + 4))
    await isRefused(copy('damaged.avi'), /no frame header at byte/)
  })

  it('is refused when the file promises more of it', async () => {
    await film('promised.mp4', 'stereo', '-b:a', '128k')
    await isRefused(copy('promised.mp4', 0, { durationMs: 3_000 }), /of the 3000 that the file promises/)
  })

  it('is ended by its signal, and nothing is left of it', async () => {
    await film('ended.mp4', 'stereo', '-b:a', '128k')
    const media = await probeFile(inDirectory('ended.mp4'), signal)
    const recipe = { track: media.audioTracks[0]!, reading: 'USUAL', trackMs: media.durationMs } as const
    await rm(outputPath, { force: true })
    const stop = new AbortController()
    const stopping = createPassThrough(async (job) => {
      const totals = await createFfmpeg(ffmpegPath)(job)
      stop.abort(new Error('no longer wanted'))
      return totals
    })
    using share = createCorePool(1).join()
    const sourcePath = inDirectory('ended.mp4')
    const job = { sourcePath, outputPath, recipe, share, signal: stop.signal, onProgress() {} }
    await assert.rejects(stopping(job), /no longer wanted/)
    assert.deepEqual(
      (await readdir(directory.path)).filter((name) => name.startsWith('output')),
      [],
    )
  })

  it('tells how far it is, also where nobody knows how long the track is', async () => {
    const sourcePath = inDirectory(await film('unknown.mp4', 'mono', '-b:a', '64k'))
    const { audioTracks } = await probeFile(sourcePath, signal)
    const recipe = { track: { ...audioTracks[0]!, durationMs: null }, reading: 'USUAL', trackMs: 0 } as const
    const told: Progress[] = []
    using share = createCorePool(1).join()
    const onProgress = (progress: Progress) => void told.push(progress)
    const runFfmpeg = createFfmpeg(ffmpegPath)
    const copyFromStart = createPassThrough(async (job) => {
      job.onProgress?.({ outTimeMs: 0, speed: 0 })
      return await runFfmpeg(job)
    })
    await copyFromStart({ sourcePath, outputPath, recipe, share, signal, onProgress })
    assert.ok(told.length > 0)
    for (const progress of told) assert.deepEqual(progressSchema.parse(progress), progress)
  })
})
