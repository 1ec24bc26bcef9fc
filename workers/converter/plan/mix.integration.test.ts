import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ffmpeg } from '#test/harness/media-tools.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { mp3MadeOf } from '#converter/testing/made-of.ts'
import {
  hearTones,
  toneAmplitude,
  toneHz,
  tonesInput,
  type ToneFile,
} from '#converter/testing/tone-levels.ts'

const [centre, behind] = [Math.SQRT1_2, 0.5]
/** By ITU-R BS.775: left and right. */
const expected: Readonly<Record<string, readonly [number, number]>> = {
  ...{ FL: [1, 0], FR: [0, 1], FC: [centre, centre], LFE: [0, 0], BC: [behind, behind] },
  ...{ BL: [centre, 0], BR: [0, centre], SL: [centre, 0], SR: [0, centre], TFL: [centre, 0] },
}
const [quad, five, seven] = [
  ['FL', 'FR', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'SL', 'SR'],
] as const
const side = five.map((name) => name.replace('B', 'S'))

/** At lower bitrates LAME makes everything a little quieter. */
const loudest = { bitrateKbps: 320 } as const

let directory: TemporaryDirectory
before(async () => void (directory = await createTemporaryDirectory()))
after(() => directory[Symbol.asyncDispose]())

const make = async (name: string, input: readonly string[], coding: readonly string[]) => {
  const path = join(directory.path, name)
  await ffmpeg(...input, ...coding, path)
  return path
}

/** A WAV with the plain format code, which has no channel mask, as recorders write it. */
async function withoutLayout(name: string, file: ToneFile): Promise<string> {
  const pcm = await ffmpeg(...tonesInput(file), '-f', 's16le', '-c:a', 'pcm_s16le', 'pipe:1')
  const path = join(directory.path, name)
  const blockBytes = file.channels.length * 2
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + pcm.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(file.channels.length, 22)
  head.writeUInt32LE(48_000, 24)
  head.writeUInt32LE(48_000 * blockBytes, 28)
  head.writeUInt16LE(blockBytes, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(pcm.length, 40)
  await writeFile(path, Buffer.concat([head, pcm]))
  return path
}

/** In decibels, below what nobody hears. */
const levelDb = (amplitude: number) => Math.max(-50, 20 * Math.log10(amplitude))

function assertShares(
  heard: Awaited<ReturnType<typeof hearTones>>,
  { channels }: ToneFile,
  shares: (name: string) => readonly number[],
  toleranceDb = 0.3,
) {
  for (const [index, name] of channels.entries()) {
    const levels = heard
      .amplitudesAt(toneHz(index, name))
      .map((amplitude) => levelDb(amplitude / toneAmplitude))
    for (const [at, share] of shares(name).entries()) {
      const [level, wanted] = [levels[at]!, levelDb(share)]
      const isRight = share === 0 ? level < -30 : Math.abs(level - wanted) <= toleranceDb
      assert.ok(isRight, `${name} in channel ${at}: ${level.toFixed(2)} dB, not ${wanted.toFixed(2)}`)
    }
  }
}

describe('channels that are mixed', () => {
  const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['aac.mp4', '5.1', five, ['-c:a', 'aac', '-b:a', '384k']],
    ['ac3.ts', '5.1(side)', side, ['-c:a', 'ac3', '-b:a', '448k']],
    ['eac3.mkv', '5.1(side)', side, ['-c:a', 'eac3', '-b:a', '448k']],
    ['opus.webm', '5.1', five, ['-c:a', 'libopus', '-b:a', '384k', '-mapping_family', '1']],
    ['vorbis.ogg', '5.1', five, ['-c:a', 'libvorbis', '-q:a', '8']],
    ['flac.flac', '5.1', five, ['-c:a', 'flac']],
    ['flac24.mkv', '5.1', five, ['-c:a', 'flac', '-sample_fmt', 's32']],
    ['alac.m4a', '5.1', five, ['-c:a', 'alac']],
    ['s16.wav', '5.1', five, ['-c:a', 'pcm_s16le']],
    ['u8.wav', '5.1', five, ['-c:a', 'pcm_u8']],
    ['s24.mov', '5.1', five, ['-c:a', 'pcm_s24le']],
    ['f32.wav', '5.1', five, ['-c:a', 'pcm_f32le']],
    ['f64.wav', '5.1', five, ['-c:a', 'pcm_f64le']],
    ['quad.flac', 'quad', quad, ['-c:a', 'flac']],
    ['seven.flac', '7.1', seven, ['-c:a', 'flac']],
    ['seven.m4a', '7.1', seven, ['-c:a', 'aac', '-b:a', '512k']],
    ['six.wav', '6.1', ['FL', 'FR', 'FC', 'LFE', 'BC', 'SL', 'SR'], ['-c:a', 'pcm_s16le']],
    ['three.wav', '3.0', ['FL', 'FR', 'FC'], ['-c:a', 'pcm_s16le']],
  ]
  for (const [name, layout, channels, coding] of cases)
    it(`are as loud as ITU-R BS.775 has them: ${name}, ${layout}`, async () => {
      const path = await make(name, tonesInput({ channels }, layout), coding)
      const made = await mp3MadeOf(path, directory.path, loudest)
      assert.deepEqual(made.warnings, [])
      assertShares(await hearTones(made.path, 2), { channels }, (channel) => expected[channel]!)
    })

  it('are in mono the mean of both sides, of stereo too', async () => {
    for (const [layout, channels] of [
      ['stereo', ['FL', 'FR']],
      ['7.1', seven],
    ] as const)
      for (const coding of ['pcm_s16le', 'aac']) {
        const path = await make(`${layout}.${coding}.mov`, tonesInput({ channels }, layout), ['-c:a', coding])
        const made = await mp3MadeOf(path, directory.path, { ...loudest, channels: 1 })
        assert.deepEqual(made.warnings, [])
        assertShares(await hearTones(made.path, 1), { channels }, (channel) => {
          const [left, right] = expected[channel]!
          return [(left + right) / 2]
        })
      }
  })

  it('count alike where the file does not say what they are, and are all heard', async () => {
    for (const count of [3, 10, 64]) {
      const channels = Array.from({ length: count }, (_, index) => `${index}`)
      const amplitude = 0.1
      const path = await withoutLayout(`${count}.wav`, { channels, amplitude })
      const made = await mp3MadeOf(path, directory.path, loudest)
      const alike = 1 / Math.sqrt(count)
      const usual = [expected['FL'], expected['FR'], expected['FC']]
      const shares = (name: string) => (count === 3 ? usual[Number(name)]! : [alike, alike])
      assertShares(await hearTones(made.path, 2), { channels, amplitude }, shares)
    }
  })

  it('keep a fourth of six that nobody said is for low frequencies alone', async () => {
    const channels = ['0', '1', '2', '3', '4', '5']
    const made = await mp3MadeOf(await withoutLayout('six.wav', { channels }), directory.path, loudest)
    const usual = [...['FL', 'FR', 'FC', 'BC', 'BL', 'BR']].map((name) => expected[name]!)
    assertShares(await hearTones(made.path, 2), { channels }, (name) => usual[Number(name)]!)
  })

  it('are heard in place and level where they change on the way', async () => {
    const parts = [
      await make('part1.ac3', tonesInput({ channels: side, seconds: 4 }, '5.1(side)'), ['-b:a', '448k']),
      await make('part2.ac3', tonesInput({ channels: ['FL', 'FR'], seconds: 1 }, 'stereo'), ['-b:a', '448k']),
    ]
    const ts = await make('changing.ts', ['-f', 'ac3', '-i', `concat:${parts.join('|')}`], ['-c', 'copy'])
    const made = await mp3MadeOf(ts, directory.path, loudest)
    assertShares(await hearTones(made.path, 2), { channels: side }, (channel) => expected[channel]!)
  })
})

describe('a mono track', () => {
  it('is as loud in stereo as it is, and as one that is called left', async () => {
    for (const layout of ['mono', 'FL'])
      for (const channels of [1, 2] as const) {
        const input = tonesInput({ channels: ['FC'] }, layout)
        const path = await make(`${layout}.wav`, input, ['-c:a', 'pcm_s16le'])
        const made = await mp3MadeOf(path, directory.path, { ...loudest, channels })
        assertShares(await hearTones(made.path, channels), { channels: ['FC'] }, () =>
          [1, 1].slice(0, channels),
        )
      }
  })
})

describe('channels whose sum passes full scale', () => {
  const loud = { channels: five, amplitude: 0.9, alike: true }
  for (const [name, coding] of [
    ['loud.mp4', ['-c:a', 'aac', '-b:a', '384k']],
    ['loud.flac', ['-c:a', 'flac']],
  ] as const)
    it(`become quieter by one gain, and that is said: ${name}`, async () => {
      const path = await make(name, tonesInput(loud, '5.1'), coding)
      for (const options of [{ bitrateKbps: 64 }] as const) {
        const made = await mp3MadeOf(path, directory.path, options)
        const [left, right] = (await hearTones(made.path, 2)).peaks
        assert.ok(left! < 0.9 && right! < 0.9 && left! > 0.7, `${left}, ${right}`)
        assert.deepEqual(
          made.warnings.map(({ code }) => code),
          ['PEAKS_LIMITED'],
        )
        assert.match(made.warnings[0]!.message, /made \d+ dB quieter/)
      }
    })

  it('are left to the loudness where one is asked for', async () => {
    const path = await make('to-loudness.flac', tonesInput(loud, '5.1'), ['-c:a', 'flac'])
    const made = await mp3MadeOf(path, directory.path, { loudness: { targetLufs: -23, maxTruePeakDbtp: -1 } })
    assert.deepEqual(made.warnings, [])
  })
})
