import assert from 'node:assert/strict'
import { appendFile, mkdir, open, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { heardSamples } from '#runtime/timeline/timeline.ts'
import { ffmpeg, ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createExamineSource } from './examine-upload.ts'
import { createExtractAudio } from './extract-audio.ts'
import { createProbe } from './probe.ts'
import { createRunFfprobe } from './run-ffprobe.ts'
import { createScreen } from './screen.ts'
import { createListClocks } from '#media/examine/timeline/list-clocks.ts'
import { createReadTimelines } from '#media/examine/timeline/read-timelines.ts'

const [probe, runFfmpeg] = [createProbe(ffprobePath), createFfmpeg(ffmpegPath)]
const none = async () => null
const examine = createExamineSource({
  probe,
  extractAudio: createExtractAudio(runFfmpeg, probe),
  screen: createScreen(runFfmpeg),
  readTimelines: createReadTimelines(runFfmpeg, createListClocks(ffprobePath)),
  readTags: none,
  tryTracks: async ({ media }) => ({ media, beginnings: new Map() }),
  explainRefusal: async (error) => error,
  pictures: { asCover: none, attached: none, frame: none },
})

const picture = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc=s=64x48:r=25:d=${seconds}`]
const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=f=440:r=48000:d=${seconds}`]
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0']
async function packetsOf(path: string) {
  const { stdout } = await createRunFfprobe(ffprobePath)(
    path,
    ['-show_entries', 'packet=pts_time,pos,size', '-of', 'json'],
    new AbortController().signal,
  )
  return (JSON.parse(stdout.toString()) as { packets: Record<'pts_time' | 'pos' | 'size', string>[] }).packets
}
/** Leaves out what is from one second to another. */
const without = (from: number, to: number) => ['-af', `aselect='not(between(t,${from},${to}))'`]

describe('a file whose clock is odd', () => {
  let directory: TemporaryDirectory
  before(async () => void (directory = await createTemporaryDirectory()))
  after(() => directory[Symbol.asyncDispose]())

  const make = async (name: string, ...options: string[]) => {
    const path = join(directory.path, name)
    await ffmpeg(...options, path)
    return path
  }
  const examined = async (path: string) => {
    const folder = `${path}.folder`
    await mkdir(folder)
    const { size: sizeBytes } = await stat(path)
    const { signal } = new AbortController()
    const log = pino({ level: 'silent' })
    const findings = await examine({ upload: { sizeBytes, coverFrameMs: null }, path, folder, signal, log })
    assert.ok(findings.purpose === 'SOURCE')
    const { media } = findings
    const [track] = media.audioTracks
    return {
      ...media,
      track: track!,
      heardMs: track!.timeline && Math.round(heardSamples(track!.timeline) / (track!.sampleRateHz / 1000)),
      told: media.warnings.map(({ code, startMs, durationMs }) => [code, round(startMs), round(durationMs)]),
    }
  }
  /** To what a packet of AAC is. */
  const round = (ms: number | null) => ms && Math.round(ms / 100) * 100
  const about = (ms: number | null | undefined, expectedMs: number, toleranceMs = 60) =>
    assert.ok(Math.abs((ms ?? NaN) - expectedMs) <= toleranceMs, `${ms} ms, not ${expectedMs}`)

  for (const [container, ...alone] of [['mkv'], ['mkv', '-vn'], ['mp4'], ['ts'], ['ts', '-vn'], ['flv']]) {
    it(`has silence in a gap of its audio: ${[container, ...alone].join(' ')}`, async () => {
      const options = [...picture(12), ...tone(12), ...without(4, 4.4), '-c:a', 'aac', ...h264, ...alone]
      const { track, heardMs, told } = await examined(
        await make(`gap${alone.join('')}.${container}`, ...options),
      )
      about(heardMs, 12_000)
      about(track.durationMs, 12_000)
      assert.deepEqual(told, [['AUDIO_GAP_FILLED', 4_000, 400]])
    })
  }

  it('is as long as what is heard where all streams jump at once', async () => {
    const part = async (name: string, offset: number) =>
      await readFile(
        await make(name, ...picture(4), ...tone(4), '-c:a', 'aac', ...h264, '-output_ts_offset', `${offset}`),
      )
    const parts = [await part('a.ts', 10), await part('b.ts', 3_600), await part('c.ts', 0)]
    const path = join(directory.path, 'jumps.ts')
    await writeFile(path, Buffer.concat(parts))
    const { durationMs, track, told } = await examined(path)
    about(durationMs, 12_000, 200)
    about(track.durationMs, 12_000, 200)
    assert.equal(track.timeline, null, 'its samples follow each other')
    assert.deepEqual(
      told.map(([code, startMs]) => [code, startMs]),
      [
        ['CLOCK_JUMP_CLOSED', 4_000],
        ['CLOCK_JUMP_CLOSED', 8_100],
      ],
    )
  })

  it('is damaged where what follows a gap cannot be decoded to its end', async () => {
    const whole = [...tone(12), ...without(4, 4.4), '-c:a', 'aac']
    const path = await make('half.mp4', ...whole)
    const bytes = await readFile(path)
    for (const { pts_time, pos, size } of await packetsOf(path))
      if (Number(pts_time) > 6) bytes.fill(0, Number(pos), Number(pos) + Number(size))
    await writeFile(path, bytes)
    await assert.rejects(examined(path), { code: 'CORRUPT_FILE', message: /Less audio/ })
  })

  it('is counted where its header says that its length is not known', async () => {
    const path = await make('f.mp4', ...tone(5), '-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov')
    const bytes = await readFile(path)
    // Durations of 32 bits: of the movie, behind two times and a scale, and of the track's media; of the track behind an id, too.
    for (const [box, offset] of [
      ['mvhd', 20],
      ['mdhd', 20],
      ['tkhd', 24],
    ] as const)
      bytes.writeUInt32BE(0xff_ff_ff_ff, bytes.indexOf(box) + offset)
    await writeFile(path, bytes)
    const { durationMs, track, told } = await examined(path)
    about(durationMs, 5_000)
    about(track.durationMs, 5_000)
    assert.ok(told.every(([code]) => code === 'HEADER_WRONG'))
  })

  it('is read on where its audio begins late', async () => {
    for (const [container, codec] of [
      ['ts', 'aac'],
      ['flv', 'aac'],
      ['mpg', 'mp2'],
    ] as const) {
      const options = [
        ...picture(16),
        '-itsoffset',
        '13',
        ...tone(3),
        '-c:a',
        codec,
        ...(container === 'flv' ? ['-c:v', 'flv1'] : h264),
      ]
      const { track } = await examined(await make(`late.${container}`, ...options))
      about(track.startMs, 13_000, 100)
      about(track.durationMs, 3_000, 250)
      assert.equal(track.sampleRateHz, 48_000)
    }
  })

  it('holds all audio that is there where a recorder left the size it began with', async () => {
    for (const sizeBytes of [8, 48_000]) {
      const path = await make(`crashed-${sizeBytes}.wav`, ...tone(3), '-bitexact')
      await using file = await open(path, 'r+')
      const size = Buffer.alloc(4)
      size.writeUInt32LE(sizeBytes)
      await file.write(size, 0, 4, 40)
      const { track, told, durationMs } = await examined(path)
      about(track.durationMs, 3_000, 5)
      about(durationMs, 3_000, 5)
      assert.ok(told.length > 0 && told.every(([code]) => code === 'HEADER_WRONG'))
    }
  })

  it('is read as it says where tags follow its audio', async () => {
    const path = await make('tagged.wav', ...tone(3), '-bitexact')
    const tags = Buffer.alloc(100_008, 'A talk ')
    tags.write('LIST', 'latin1')
    tags.writeUInt32LE(100_000, 4)
    await appendFile(path, tags)
    const { track, told } = await examined(path)
    about(track.durationMs, 3_000, 5)
    assert.deepEqual(told, [])
  })
})
