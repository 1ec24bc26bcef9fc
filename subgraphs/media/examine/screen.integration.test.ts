import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { childProcesses } from '#test/harness/child-processes.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { makeSample, type SampleKind } from '#test/harness/sample-media.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createProbe } from './probe.ts'
import { mediaAsRead } from './media-as-read.ts'
import { createScreen } from './screen.ts'

const whole: SampleKind[] = [
  'mp4-aac',
  'mp4-aac-faststart',
  'mkv-opus',
  'webm-vorbis',
  'mov-pcm',
  'avi-mp3',
  'ts-ac3',
  'two-languages',
  'chapters-and-tags',
  'hostile-tags',
]

const run = promisify(execFile)

describe('screening a file', () => {
  const probe = createProbe(ffprobePath)
  const screenFile = createScreen(createFfmpeg(ffmpegPath))
  const screen = async (path: string, media: SourceMedia, stop: AbortSignal) =>
    mediaAsRead(
      media,
      await screenFile({ path, media, reading: 'USUAL', folder: directory.path, signal: stop }),
    )
  const { signal } = new AbortController()
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  for (const kind of whole) {
    it(`passes ${kind}`, async () => {
      const path = await makeSample(directory.path, kind)
      await screen(path, await probe(path, signal), signal)
    })
  }

  it('passes a Matroska file whose audio begins late, with the length of the audio', async () => {
    const path = join(directory.path, 'late.mkv')
    const picture = ['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=10:d=6']
    const audio = ['-itsoffset', '3', '-f', 'lavfi', '-i', 'sine=d=3']
    await run(ffmpegPath, ['-v', 'error', ...picture, ...audio, '-c:v', 'libx264', '-c:a', 'aac', path])
    const { audioTracks } = await screen(path, await probe(path, signal), signal)
    const [{ startMs, durationMs }] = audioTracks as [(typeof audioTracks)[0]]
    assert.ok(Math.abs(startMs - 3_000) < 50, `begins at ${startMs} ms`)
    assert.ok(Math.abs(durationMs! - 3_000) < 50, `lasts ${durationMs} ms`)
  })

  it('gives a recording whose header has no length the one that was read', async () => {
    const path = join(directory.path, 'recorded.webm')
    const recorder = ['-c:a', 'copy', '-vn', '-f', 'webm', '-live', '1', path]
    await run(ffmpegPath, ['-v', 'error', '-i', await makeSample(directory.path, 'mkv-opus'), ...recorder])
    const media = await probe(path, signal)
    assert.equal(media.durationMs, 0)
    const { durationMs, audioTracks } = await screen(path, media, signal)
    assert.ok(Math.abs(durationMs - 3_123) <= 20, `${durationMs} ms`)
    assert.ok(Math.abs(audioTracks[0]!.durationMs! - 3_123) <= 20, `${audioTracks[0]!.durationMs} ms`)
  })

  it('believes what was read rather than a header that promises less', async () => {
    const path = await makeSample(directory.path, 'mp4-aac')
    const media = await probe(path, signal)
    const audioTracks = media.audioTracks.map((track) => ({ ...track, durationMs: 1_000 }))
    const read = await screen(path, { ...media, durationMs: 1_000, audioTracks }, signal)
    assert.ok(Math.abs(read.durationMs - 3_123) <= 50, `${read.durationMs} ms`)
    assert.ok(Math.abs(read.audioTracks[0]!.durationMs! - 3_123) <= 50)
    assert.deepEqual(
      read.warnings.map(({ code }) => code),
      ['HEADER_WRONG'],
    )
    assert.deepEqual(await screen(path, media, signal), media)
  })

  it('holds no file to a length that ffprobe only guessed', async () => {
    const parts = ['-ac 1 -b:a 32k', '-ac 2 -b:a 256k'].map(async (options, index) => {
      const part = join(directory.path, `part-${index}.aac`)
      const audio = ['-f', 'lavfi', '-i', 'anoisesrc=d=2:c=pink:r=48000']
      await run(ffmpegPath, ['-v', 'error', ...audio, ...options.split(' '), '-f', 'adts', part])
      return await readFile(part)
    })
    const path = join(directory.path, 'growing.aac')
    await writeFile(path, Buffer.concat(await Promise.all(parts)))
    const media = await probe(path, signal)
    assert.equal(media.audioTracks[0]!.durationMs, null)
    const { durationMs } = await screen(path, media, signal)
    assert.ok(Math.abs(durationMs - 4_000) <= 100, `${durationMs} ms`)
  })

  it('refuses a file whose header promises more than follows', async () => {
    const path = await makeSample(directory.path, 'cut-in-half-faststart')
    await assert.rejects(screen(path, await probe(path, signal), signal), { code: 'CORRUPT_FILE' })
  })

  it('refuses a file that cannot be read, whatever was found in it before', async () => {
    const path = await makeSample(directory.path, 'cut-in-half')
    const media = await probe(await makeSample(directory.path, 'mp4-aac'), signal)
    await assert.rejects(screen(path, media, signal), { code: 'CORRUPT_FILE' })
  })

  it('refuses a file that is shorter than its audio track says', async () => {
    const path = await makeSample(directory.path, 'mp4-aac')
    const media = await probe(path, signal)
    const audioTracks = media.audioTracks.map((track) => ({ ...track, durationMs: 10_000 }))
    const promising: SourceMedia = { ...media, audioTracks }
    await assert.rejects(screen(path, promising, signal), { code: 'CORRUPT_FILE' })
  })

  it('stops when told to, with the reason and no verdict', async () => {
    const path = await makeSample(directory.path, 'mp4-aac')
    const media = await probe(path, signal)
    const reason = new Error('enough')
    const ending = new AbortController()
    const screening = screen(path, media, ending.signal)
    ending.abort(reason)
    await assert.rejects(screening, reason)
    assert.deepEqual(childProcesses(), [])
  })
})
