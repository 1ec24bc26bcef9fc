import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { makeSample, type SampleKind } from '#test/harness/sample-media.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { assureLength } from './media-as-read.ts'
import { createProbe } from './probe.ts'

const run = promisify(execFile)

describe('probing a file', () => {
  const probe = createProbe(ffprobePath)
  const { signal } = new AbortController()
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())
  const probeSample = async (kind: SampleKind) => await probe(await makeSample(directory.path, kind), signal)
  const makeFile = async (name: string, ...options: string[]) => {
    const path = join(directory.path, name)
    await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...options, path])
    return path
  }

  for (const [kind, container, codec, sampleRateHz] of [
    ['mp4-aac', 'mov', 'aac', 44_100],
    ['mp4-aac-faststart', 'mov', 'aac', 48_000],
    ['mkv-opus', 'matroska', 'opus', 48_000],
    ['webm-vorbis', 'matroska', 'vorbis', 44_100],
    ['mov-pcm', 'mov', 'pcm_s16le', 44_100],
    ['avi-mp3', 'avi', 'mp3', 44_100],
    ['ts-ac3', 'mpegts', 'ac3', 48_000],
    ['option-like-name', 'mov', 'aac', 44_100],
  ] as const) {
    it(`finds the audio track of ${kind}`, async () => {
      const media = await probeSample(kind)
      assert.match(media.container, new RegExp(container))
      const [track, ...others] = media.audioTracks
      assert.deepEqual(others, [])
      assert.equal(track!.codec, codec)
      assert.equal(track!.sampleRateHz, sampleRateHz)
      assert.equal(track!.channels, 2)
      assert.ok(Math.abs(media.durationMs - 3_123) < 100, `${media.durationMs} ms`)
      assert.ok(Math.abs(track!.durationMs! - 3_123) < 100, `${track!.durationMs} ms`)
    })
  }

  it('tells audio tracks apart by their language, in order', async () => {
    const { audioTracks } = await probeSample('two-languages')
    assert.deepEqual(
      audioTracks.map(({ index, language, sampleRateHz }) => ({ index, language, sampleRateHz })),
      [
        { index: 0, language: 'eng', sampleRateHz: 48_000 },
        { index: 1, language: 'deu', sampleRateHz: 44_100 },
      ],
    )
  })

  it('finds chapters, with and without a title, and tags by lower-case keys', async () => {
    const media = await probeSample('chapters-and-tags')
    assert.deepEqual(media.chapters, [
      { startMs: 0, endMs: 1_500, title: 'Opening' },
      { startMs: 1_500, endMs: 3_000, title: null },
    ])
    const tags = new Map(media.tags.map(({ key, value }) => [key, value]))
    assert.equal(tags.get('title'), 'A talk')
    assert.equal(tags.get('artist'), 'Somebody')
  })

  for (const [kind, code] of [
    ['text-named-mp4', 'UNSUPPORTED_FORMAT'],
    ['cut-in-half', 'CORRUPT_FILE'],
    ['video-only', 'NO_AUDIO_TRACK'],
  ] as const) {
    it(`refuses ${kind} as ${code}`, async () => {
      // Uploads are stored without an extension, which ffprobe would take for a hint.
      const path = join(directory.path, 'upload')
      await copyFile(await makeSample(directory.path, kind), path)
      await assert.rejects(probe(path, signal), { name: 'DomainError', code })
    })
  }

  it('refuses an empty file, and noise', async () => {
    for (const [name, bytes] of [
      ['empty', Buffer.alloc(0)],
      ['zeros', Buffer.alloc(100_000)],
    ] as const) {
      const path = join(directory.path, name)
      await writeFile(path, bytes)
      await assert.rejects(probe(path, signal), { code: 'UNSUPPORTED_FORMAT' })
    }
  })

  it('refuses audio that we do not decode', async () => {
    const tone = ['-f', 'lavfi', '-i', 'sine=d=1:r=8000']
    const path = await makeFile('gsm.mkv', ...tone, '-c:a', 'g723_1', '-b:a', '6.3k', '-ac', '1')
    await assert.rejects(probe(path, signal), { code: 'UNSUPPORTED_CODEC' })
  })

  it('states a length of more than a day, which is refused once it is counted', async () => {
    // A WAV header (8 kHz, mono, 8 bits) and as many zeros, of which the disk keeps none.
    const path = join(directory.path, 'day.wav')
    await makeFile('day.wav', '-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '1', '-c:a', 'pcm_u8')
    await using file = await open(path, 'r+')
    const dataBytes = 86_401 * 8_000
    const header = (await file.read(Buffer.alloc(1_000), 0, 1_000, 0)).buffer
    const size = header.indexOf('data') + 4
    const field = Buffer.alloc(4)
    field.writeUInt32LE(dataBytes)
    await file.write(field, 0, 4, size)
    await file.truncate(size + 4 + dataBytes)
    const media = await probe(path, signal)
    assert.throws(() => assureLength(media), { code: 'TOO_LONG' })
  })

  it('bounds what a file says of itself', async () => {
    const description = join(directory.path, 'long.txt')
    const tags = Array.from({ length: 300 }, (_, n) => `tag${n}=${'y'.repeat(3_000)}`)
    await writeFile(description, [';FFMETADATA1', `title=${'x'.repeat(1_000_000)}`, ...tags].join('\n'))
    const audio = ['-f', 'lavfi', '-i', 'sine=d=1', '-i', description, '-map_metadata', '1']
    const media = await probe(await makeFile('long.mkv', ...audio, '-c:a', 'aac'), signal)
    assert.ok(media.tags.every(({ value }) => value.length <= 2_000))
    const characters = media.tags.reduce((sum, { key, value }) => sum + key.length + value.length, 0)
    assert.ok(characters > 90_000 && characters <= 100_000, `${characters} characters`)
  })

  it('takes no language for one that is longer than any', async () => {
    const description = join(directory.path, 'language.txt')
    await writeFile(description, `;FFMETADATA1\n[STREAM]\nlanguage=${'x'.repeat(1_000_000)}\n`)
    const audio = ['-f', 'lavfi', '-i', 'sine=d=1', '-i', description, '-map_metadata:s:a:0', '1:s:0']
    const media = await probe(await makeFile('language.mkv', ...audio, '-c:a', 'aac'), signal)
    assert.equal(media.audioTracks[0]!.language, null)
  })

  it('bounds the title of a chapter, and leaves no half of a character', async () => {
    const description = join(directory.path, 'chapter.txt')
    const title = `${'x'.repeat(199)}\u{1f3b5}`
    const chapter = `[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=${title}`
    await writeFile(description, `;FFMETADATA1\n${chapter}\n`)
    const audio = ['-f', 'lavfi', '-i', 'sine=d=1', '-i', description, '-map_chapters', '1']
    const { chapters } = await probe(await makeFile('chapter.mkv', ...audio, '-c:a', 'aac'), signal)
    assert.deepEqual(chapters, [{ startMs: 0, endMs: 1_000, title: 'x'.repeat(199) }])
  })

  it('finds how much later than the file a track begins', async () => {
    const video = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:d=2']
    const late = ['-itsoffset', '0.75', '-f', 'lavfi', '-i', 'sine=d=1']
    const tracks = ['-f', 'lavfi', '-i', 'sine=d=1', ...late, '-map', '0', '-map', '1', '-map', '2']
    for (const name of ['late.mkv', 'late.mp4', 'late.ts']) {
      const path = await makeFile(name, ...video, ...tracks, '-c:v', 'mpeg4', '-c:a', 'ac3')
      const { audioTracks } = await probe(path, signal)
      assert.ok(audioTracks[0]!.startMs < 50, `${name}: ${audioTracks[0]!.startMs}`)
      assert.ok(Math.abs(audioTracks[1]!.startMs - 750) < 50, `${name}: ${audioTracks[1]!.startMs}`)
    }
  })

  it("finds the tags of an Ogg file, which are its stream's", async () => {
    const tags = ['-metadata', 'TITLE=A talk', '-metadata', 'ARTIST=Somebody']
    const path = await makeFile('tags.ogg', '-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'libopus', ...tags)
    const found = new Map((await probe(path, signal)).tags.map(({ key, value }) => [key, value]))
    assert.deepEqual([found.get('title'), found.get('artist')], ['A talk', 'Somebody'])
  })

  it('finds an attached picture, and no picture in a video', async () => {
    const audio = ['-f', 'lavfi', '-i', 'sine=d=1']
    const image = await makeFile('image.png', '-f', 'lavfi', '-i', 'color=red:size=120x80', '-frames:v', '1')
    const attached = ['-map', '0', '-map', '1', '-c:v', 'copy', '-disposition:v:0', 'attached_pic']
    const found = await probe(await makeFile('cover.m4a', ...audio, '-i', image, ...attached), signal)
    assert.deepEqual(found.picture, {
      mimeType: 'image/png',
      type: 3,
      widthPx: 120,
      heightPx: 80,
      convertedFrom: null,
    })
    assert.equal(found.pictureStream, 1)
    const plain = await probeSample('mp4-aac')
    assert.deepEqual([plain.picture, plain.pictureStream], [null, null])
  })

  it('refuses a file that says more of itself than we read', async () => {
    const description = join(directory.path, 'endless.txt')
    const half = 'x'.repeat(9_000_000)
    await writeFile(description, `;FFMETADATA1\ntitle=${half}\nartist=${half}`)
    const audio = ['-f', 'lavfi', '-i', 'sine=d=1', '-i', description, '-map_metadata', '1']
    const path = await makeFile('endless.mkv', ...audio, '-c:a', 'aac')
    await assert.rejects(probe(path, signal), { code: 'CORRUPT_FILE' })
  })

  it('stops when told to, with the reason', async () => {
    const path = await makeSample(directory.path, 'mp4-aac')
    const reason = new Error('enough')
    await assert.rejects(probe(path, AbortSignal.abort(reason)), reason)
    const ending = new AbortController()
    const probing = probe(path, ending.signal)
    ending.abort(reason)
    await assert.rejects(probing, reason)
  })

  it('needs an executable that is there, and says so at once', () => {
    assert.throws(() => createProbe('/nowhere/ffprobe'), /there is no executable/)
  })
})
