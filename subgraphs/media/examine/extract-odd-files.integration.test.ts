import assert from 'node:assert/strict'
import { mkdir, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { mountSmallDisk } from '#test/harness/small-disk.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createFfmpeg, FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createExtractAudio } from './extract-audio.ts'
import { createProbe } from './probe.ts'
import { decodedHashes } from '#media/examine/testing/decoded-hash.ts'
import { ffmpeg, h264, audio, video } from '#media/examine/testing/extractable-files.ts'

const never = new AbortController().signal

describe('an extraction', () => {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const probe = createProbe(ffprobePath)
  let directory: TemporaryDirectory
  let base: { readonly mp4: string; readonly mkv: string; readonly ts: string }
  before(async () => {
    directory = await createTemporaryDirectory()
    const mp4 = await make('base.mp4', [...video, ...audio(48_000), ...h264, '-g', '10', '-c:a', 'aac'])
    const remuxed = (name: string) => make(name, ['-i', mp4, '-c', 'copy'])
    base = { mp4, mkv: await remuxed('base.mkv'), ts: await remuxed('base.ts') }
  })
  after(() => directory[Symbol.asyncDispose]())

  const make = async (name: string, options: readonly string[]) => {
    const path = join(directory.path, name)
    await ffmpeg(...options, path)
    return path
  }
  async function extractAudio(path: string, run: RunFfmpeg = runFfmpeg, signal = never) {
    const folder = join(directory.path, 'extract')
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    const [media, log] = [await probe(path, never), pino({ level: 'silent' })]
    return await createExtractAudio(run, probe)({ reading: 'USUAL', path, media, folder, signal, log })
  }
  async function extractEqual(path: string) {
    const extracted = await extractAudio(path)
    assert.ok(extracted, 'it was not extracted')
    assert.deepEqual(await decodedHashes(extracted.path), await decodedHashes(path))
    return extracted
  }

  for (const extension of ['mp4', 'mkv', 'ts'] as const) {
    const copyOf = (name: string, ...options: string[]) => make(`${name}.${extension}`, options)

    it(`keeps every sample of ${extension} whose audio begins late`, async () => {
      const late = ['-itsoffset', '0.7', '-i', base[extension], '-i', base[extension]]
      await extractEqual(await copyOf('late', ...late, '-map', '1:v', '-map', '0:a', '-c', 'copy'))
    })

    it(`keeps every sample of ${extension} that was cut out of a longer one`, async () => {
      await extractEqual(await copyOf('cut', '-ss', '0.53', '-t', '0.8', '-i', base[extension], '-c', 'copy'))
    })

    it(`keeps every sample of ${extension} with a gap`, async () => {
      const dropped = 'noise=drop=between(n\\,20\\,40)'
      await extractEqual(await copyOf('gap', '-i', base[extension], '-c', 'copy', '-bsf:a', dropped))
    })
  }

  it('keeps every sample of an MP3 whose beginning leans on frames that are not there', async () => {
    const whole = [...video, ...audio(44_100), '-c:v', 'mpeg4', '-c:a', 'libmp3lame', '-b:a', '320k']
    const path = await make('mp3.mkv', whole)
    for (const name of ['cut.mkv', 'cut.avi', 'cut.mp4'])
      await extractEqual(await make(name, ['-ss', '0.61', '-i', path, '-c', 'copy']))
  })

  it('keeps every sample of 5.1, and of mono at 8 kHz, and the order of the tracks', async () => {
    const tracks = ['-map', '0', '-map', '1', '-map', '1', '-ac:a:0', '6', '-ac:a:1', '1', '-ar:a:1', '8000']
    const path = await make('layouts.mp4', [...video, ...audio(48_000), ...tracks, ...h264, '-c:a', 'aac'])
    const extracted = await extractEqual(path)
    const { audioTracks } = await probe(extracted.path, never)
    assert.deepEqual(
      audioTracks.map(({ channels }) => channels),
      [6, 1],
    )
  })

  it('keeps every sample, or the whole file, where the layout changes in the middle', async () => {
    const mono = await make('mono.ts', [...video, ...audio(48_000), ...h264, '-c:a', 'aac', '-ac', '1'])
    const path = join(directory.path, 'change.ts')
    await writeFile(path, Buffer.concat([await readFile(base.ts), await readFile(mono)]))
    const extracted = await extractAudio(path)
    if (extracted) assert.deepEqual(await decodedHashes(extracted.path), await decodedHashes(path))
  })

  it('makes of MP4 an MP4, which a decoder can seek in, without its tags', async () => {
    const titled = await make('titled.mp4', ['-i', base.mp4, '-c', 'copy', '-metadata', 'title=A talk'])
    const { path, container, sizeBytes, spans } = await extractEqual(titled)
    await using file = await open(path)
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0)
    assert.equal(buffer.toString('latin1', 4), 'ftyp')
    assert.match(container, /mp4/)
    assert.equal(sizeBytes, (await file.stat()).size)
    const { endMs, isOdd } = spans.get(0)!
    assert.ok(Math.abs(endMs - 1_623) < 30, String(endMs))
    assert.equal(isOdd, false)
    const { tags } = await probe(path, never)
    assert.ok(!tags.some(({ key }) => key === 'title' || key === 'encoder'))
  })

  it('is not made where it would save nothing, nor from what is not proven', async () => {
    const extracted = join(directory.path, 'extracted.mp4')
    await rename((await extractEqual(base.mp4)).path, extracted)
    assert.equal(await extractAudio(extracted), null)
    const dts = ['-map', '0', '-map', '1', '-map', '1', '-c:a:0', 'dca', '-strict', '-2', '-c:a:1', 'aac']
    assert.equal(
      await extractAudio(await make('dts.mkv', [...video, ...audio(48_000), ...dts, ...h264])),
      null,
    )
  })

  it('is given up when a single packet is lost on the way, into whatever carrier', async () => {
    const carriers = ['mp4', 'mov']
    const losing: RunFfmpeg = (job) => {
      if (!carriers.some((carrier) => job.outputOptions.includes(carrier))) return runFfmpeg(job)
      const options = [...job.outputOptions, '-bsf:a', 'noise=drop=eq(n\\,33)']
      return runFfmpeg({ ...job, outputOptions: options })
    }
    assert.equal(await extractAudio(base.mp4, losing), null)
  })

  it('is given up when there is no room for it, or for its proof, although ffmpeg ends well', async () => {
    await using disk = await mountSmallDisk(1)
    const media = await probe(base.mp4, never)
    const log = pino({ level: 'silent' })
    const extracting = () =>
      createExtractAudio(
        runFfmpeg,
        probe,
      )({ reading: 'USUAL', path: base.mp4, media, folder: disk.path, signal: never, log })
    for (const freeBytes of [0, 4_096, 12_288, 24_576, 28_672, 32_768]) {
      await disk.fill()
      const filler = join(disk.path, 'filler')
      await truncate(filler, (await stat(filler)).size - freeBytes)
      assert.equal(await extracting(), null, `${freeBytes} bytes free`)
      for (const name of await readdir(disk.path)) await rm(join(disk.path, name))
    }
    assert.notEqual(await extracting(), null)
  })

  it('is given up when ffmpeg fails, and stops with the reason when told to', async () => {
    assert.equal(await extractAudio(base.mp4, () => Promise.reject(new FfmpegError('no', []))), null)
    const reason = new Error('enough')
    const ending = new AbortController()
    const stopped: RunFfmpeg = (job) => {
      ending.abort(reason)
      return runFfmpeg(job)
    }
    await assert.rejects(extractAudio(base.mp4, stopped, ending.signal), reason)
    await assert.rejects(
      extractAudio(base.mp4, () => Promise.reject(new Error('a bug'))),
      /a bug/,
    )
  })
})
