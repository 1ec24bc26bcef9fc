import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { samplePath } from '#test/corpus/sample-files.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createExamineSource } from '#media/examine/examine-upload.ts'
import { createExtractAudio } from '#media/examine/extract-audio.ts'
import { createMeasurePicture } from '#media/examine/measure-picture.ts'
import { createPictures } from '#media/examine/pictures.ts'
import { createProbe } from '#media/examine/probe.ts'
import { createRunFfprobe } from '#media/examine/run-ffprobe.ts'
import { createScreen } from '#media/examine/screen.ts'
import { createListClocks } from '#media/examine/timeline/list-clocks.ts'
import { createReadTimelines } from '#media/examine/timeline/read-timelines.ts'
import * as odd from '#media/examine/testing/refused-media.ts'
import { createExplainRefusal } from './explain-refusal.ts'
import { createIsEncrypted } from './is-encrypted.ts'
import { createTryTracks } from './try-tracks.ts'

const run = promisify(execFile)

describe('a file that cannot be converted', () => {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const probe = createProbe(ffprobePath)
  const isEncrypted = createIsEncrypted(createRunFfprobe(ffprobePath))
  const examine = createExamineSource({
    probe,
    extractAudio: createExtractAudio(runFfmpeg, probe),
    screen: createScreen(runFfmpeg),
    readTimelines: createReadTimelines(runFfmpeg, createListClocks(ffprobePath)),
    tryTracks: createTryTracks(runFfmpeg, isEncrypted),
    explainRefusal: createExplainRefusal(isEncrypted),
    readTags: async () => null,
    pictures: createPictures(runFfmpeg, createMeasurePicture(ffprobePath)),
  })
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  const make = async (name: string, ...options: string[]) => {
    const path = join(directory.path, name)
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=1000:sample_rate=48000:duration=2']
    await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...tone, ...options, `file:${path}`])
    return await readFile(path)
  }
  const examined = async (bytes: Buffer) => {
    const folder = await mkdtemp(join(directory.path, 'examined-'))
    const path = join(folder, 'source')
    await writeFile(path, bytes)
    const upload = { sizeBytes: bytes.length, coverFrameMs: null }
    const { signal } = new AbortController()
    return await examine({ upload, path, folder, signal, log: pino({ level: 'silent' }) })
  }
  const refuses = async (bytes: Buffer, code: string, message = /./) =>
    await assert.rejects(examined(bytes), { name: 'DomainError', code, message })

  it('is called protected where its audio is encrypted by Common Encryption', async () => {
    const key = ['-encryption_key', '76a6c65c5ea762046bd749a2e632ccbb', '-encryption_kid', 'a7'.repeat(16)]
    const encrypted = ['-c:a', 'aac', '-encryption_scheme', 'cenc-aes-ctr', ...key, '-f', 'mp4']
    await refuses(await make('whole.mp4', ...encrypted), 'PROTECTED')
    await refuses(
      await make('fragmented.mp4', ...encrypted, '-movflags', 'empty_moov+frag_keyframe'),
      'PROTECTED',
    )
  })

  it('is called protected where it is of a shop', async () => {
    const m4a = await readFile(samplePath('he-aac-v1-explicit.m4a'))
    for (const entry of ['drms', 'aavd', 'enca']) await refuses(odd.withSampleEntry(m4a, entry), 'PROTECTED')
  })

  it('is called protected where it is a WMA with a licence', async () => {
    const wma = await make('plain.wma', '-c:a', 'wmav2', '-f', 'asf')
    await refuses(odd.withContentEncryption(wma), 'PROTECTED')
  })

  it('is called protected where it is a scrambled broadcast', async () => {
    const ts = await make('clear.ts', '-c:a', 'mp2', '-f', 'mpegts')
    await refuses(odd.scrambled(ts), 'PROTECTED')
  })

  it('is told the name of its codec', async () => {
    const m4a = await readFile(samplePath('he-aac-v1-explicit.m4a'))
    await refuses(odd.withObjectType(m4a, 42), 'UNSUPPORTED_CODEC', /^The audio is xHE-AAC, which /)
    await refuses(await make('tta.mkv', '-c:a', 'tta'), 'UNSUPPORTED_CODEC', /TTA/)
    const flac = await make('deep.flac', '-c:a', 'flac', '-sample_fmt', 's32')
    await refuses(odd.withBitsPerSample(flac, 32), 'UNSUPPORTED_CODEC', /FLAC with 32 bits a sample/)
  })

  it('is told the name of its format', async () => {
    await refuses(Buffer.from('%PDF-1.7\n%âãÏÓ'), 'UNSUPPORTED_FORMAT', /PDF/)
    await refuses(
      await make(
        'picture.gif',
        '-f',
        'lavfi',
        '-i',
        'color=red:size=64x64',
        '-map',
        '1',
        '-frames:v',
        '1',
        '-f',
        'gif',
      ),
      'UNSUPPORTED_FORMAT',
      /GIF/,
    )
    await refuses(Buffer.from('#EXTM3U\n#EXTINF:1,\nother.ts\n'), 'UNSUPPORTED_FORMAT', /playlist/)
    await refuses(Buffer.from('Notes of a talk, and no sound.\n'.repeat(50)), 'UNSUPPORTED_FORMAT', /text/)
    await refuses(Buffer.alloc(100_000), 'UNSUPPORTED_FORMAT')
  })

  it('is called damaged where it begins as a format that we read', async () => {
    const mkv = await make('whole.mkv', '-c:a', 'flac', '-f', 'matroska')
    await refuses(Buffer.concat([mkv.subarray(0, 40), Buffer.alloc(2_000, 0xaa)]), 'CORRUPT_FILE')
  })

  it('is refused with the upload where nothing of its audio decodes', async () => {
    const m4a = await make('noise.m4a', '-c:a', 'aac', '-f', 'ipod')
    await refuses(odd.withNoise(m4a), 'CORRUPT_FILE', /Nothing of the audio can be decoded/)
  })

  it('is taken where one of its tracks decodes; the other is marked', async () => {
    const two = await make('two.mkv', '-map', '0', '-map', '0', '-c:a:0', 'tta', '-c:a:1', 'flac')
    const found = await examined(two)
    assert.ok(found.purpose === 'SOURCE')
    assert.deepEqual(
      found.media.audioTracks.map(({ isDecodable }) => isDecodable),
      [false, true],
    )
  })
})
