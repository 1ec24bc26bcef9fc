/** Files whose clock does not run as their header says: gaps, clocks that were set anew, lengths and sizes that are not so. */
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WarningCode } from '#schema/documents/warning.ts'
import { makeMedia, h264, picture } from '#test/corpus/made-media.ts'
import type { HardFile, Heard } from './hard-file.ts'
import { timedTones } from './timed-tones.ts'

interface ClockFile extends Pick<HardFile, 'kind' | 'name' | 'make'> {
  /** Where it is known. */
  readonly seconds?: number
  readonly heard: readonly Heard[]
  readonly warnings?: readonly WarningCode[]
}

const clockFile = ({ seconds, heard, warnings = [], ...file }: ClockFile): HardFile => ({
  ...file,
  inShortRun: true,
  // Below what any of the files has: none becomes larger than its source.
  order: { bitrateKbps: 32 },
  expected: { warnings, mp3s: [{ ...(seconds !== undefined && { seconds }), heard }] },
})

const from = (second: number) => [{ second }]
const aac = ['-c:a', 'aac']
/** What is from one second to another is not there. */
const without = (start: number, end: number) => ['-af', `aselect='lt(t,${start})+gte(t,${end})'`]
const source = (folder: string) => join(folder, 'source')

const gap = (
  kind: string,
  container: string,
  codec: readonly string[],
  pictures: boolean,
  end: number,
): HardFile =>
  clockFile({
    kind,
    name: `${container}, ${Math.round((end - 4) * 10) / 10} s${pictures ? '' : ', audio alone'}`,
    seconds: end + 4,
    heard: [
      { from: 0, to: 3, tones: from(0) },
      ...(end - 4 >= 1 ? [{ from: 4, to: end, tones: [] }] : []),
      { from: Math.ceil(end), to: end + 4, tones: from(Math.ceil(end)) },
    ],
    warnings: ['AUDIO_GAP_FILLED'],
    make: (folder) =>
      makeMedia(source(folder), [
        ...(pictures ? picture(end + 4) : []),
        ...timedTones({ seconds: end + 4 }),
        ...without(4, end),
        ...(pictures ? h264 : []),
        ...codec,
        '-f',
        container,
      ]),
  })

const gaps = (): HardFile[] => [
  ...['matroska', 'mp4', 'mpegts', 'flv'].map((container) =>
    gap('a gap while the picture goes on', container, [...aac, '-ar', '44100'], true, 6),
  ),
  ...['matroska', 'mp4', 'mpegts'].map((container) =>
    gap('a gap of less than half a second', container, aac, true, 4.4),
  ),
  gap('a gap of audio alone', 'matroska', ['-c:a', 'libopus'], false, 9),
  gap('a gap of audio alone', 'webm', ['-c:a', 'libvorbis'], false, 6),
  clockFile({
    kind: 'holes without a length',
    name: 'WebM of a browser that sends nothing while nobody speaks',
    seconds: 12,
    heard: [0, 3, 6, 9].flatMap((second) => [
      { from: second, to: second + 2, tones: from(second) },
      ...(second < 9 ? [{ from: second + 2, to: second + 3, tones: [] }] : []),
    ]),
    warnings: ['AUDIO_GAP_FILLED'],
    make: (folder) =>
      makeMedia(
        source(folder),
        [
          ...timedTones({ seconds: 12 }),
          '-af',
          `aselect='lt(mod(t,3),2)+gte(t,11)'`,
          '-c:a',
          'libopus',
          '-f',
          'webm',
          '-live',
          '1',
        ],
        { seekable: false },
      ),
  }),
  clockFile({
    kind: 'holes without a length',
    name: 'FLV of a live stream',
    seconds: 10,
    heard: [
      { from: 0, to: 3, tones: from(0) },
      { from: 4, to: 6, tones: [] },
      { from: 6, to: 10, tones: from(6) },
    ],
    warnings: ['AUDIO_GAP_FILLED'],
    make: (folder) =>
      makeMedia(
        source(folder),
        [
          ...picture(10),
          ...timedTones({ seconds: 10 }),
          ...without(4, 6),
          '-c:v',
          'flv1',
          '-c:a',
          'libmp3lame',
          '-ar',
          '44100',
          '-f',
          'flv',
          '-flvflags',
          'no_duration_filesize',
        ],
        { seekable: false },
      ),
  }),
]

/** Parts one after another, each with a clock of its own. */
const joined = (name: string, offsets: readonly number[], pictures: boolean): HardFile =>
  clockFile({
    kind: 'a clock that is set anew',
    name,
    seconds: 4 * offsets.length,
    heard: offsets.map((_, index) => ({ from: 4 * index, to: 4 * index + 4, tones: from(0) })),
    warnings: ['CLOCK_JUMP_CLOSED'],
    async make(folder) {
      for (const [index, offset] of offsets.entries()) {
        const part = await makeMedia(join(folder, `part-${index}`), [
          ...(pictures ? picture(4) : []),
          ...timedTones({ seconds: 4 }),
          ...(pictures ? h264 : []),
          ...['-c:a', 'mp2', '-output_ts_offset', `${offset}`, '-f', 'mpegts'],
        ])
        await appendFile(source(folder), await readFile(part))
      }
      return source(folder)
    },
  })

const jumps = (): HardFile[] => [
  joined('TS, an hour on', [100, 3_700], true),
  joined('TS, an advertisement and back', [100, 9_000, 104], true),
  joined('TS, from the beginning again', [0, 0, 0], true),
  joined('TS, a minute on, audio alone', [100, 164], false),
]

/** As of a download that broke off. */
const cutShort = (): HardFile =>
  clockFile({
    kind: 'a file that is cut short',
    name: 'FLV of which a third is there',
    heard: [{ from: 0, to: 3, tones: from(0) }],
    warnings: ['HEADER_WRONG'],
    async make(folder) {
      const path = await makeMedia(source(folder), [
        ...picture(12),
        ...timedTones({ seconds: 12 }),
        ...['-c:v', 'flv1', ...aac, '-f', 'flv'],
      ])
      const bytes = await readFile(path)
      await writeFile(path, bytes.subarray(0, bytes.length / 3))
      return path
    },
  })

const lengths = (): HardFile[] => [
  clockFile({
    kind: 'a length that is not known',
    name: 'fragmented MP4 with 0xFFFFFFFF',
    seconds: 6,
    heard: [{ from: 0, to: 6, tones: from(0) }],
    warnings: ['HEADER_WRONG'],
    async make(folder) {
      const fragmented = ['-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4']
      const path = await makeMedia(source(folder), [...timedTones({ seconds: 6 }), ...aac, ...fragmented])
      const bytes = await readFile(path)
      // Durations of 32 bits: behind two times and a scale, in a track's header behind an id and four bytes, too.
      for (const [box, offset] of [
        ['mvhd', 20],
        ['mdhd', 20],
        ['tkhd', 24],
      ] as const)
        bytes.writeUInt32BE(0xff_ff_ff_ff, bytes.indexOf(box) + offset)
      await writeFile(path, bytes)
      return path
    },
  }),
  ...[
    { stated: 8, codec: 'pcm_s16le' },
    { stated: 96_000, codec: 'pcm_s16le' },
    // No container is proven for it: all of the file is kept.
    { stated: 8, codec: 'pcm_f64le' },
  ].map(({ stated, codec }) =>
    clockFile({
      kind: 'a size that is not so',
      name: `WAVE of ${codec} that says ${stated} bytes`,
      seconds: 6,
      heard: [{ from: 0, to: 6, tones: from(0) }],
      warnings: ['HEADER_WRONG'],
      async make(folder) {
        const path = await makeMedia(source(folder), [
          ...timedTones({ seconds: 6 }),
          ...['-c:a', codec, '-f', 'wav'],
        ])
        const bytes = await readFile(path)
        bytes.writeUInt32LE(stated, bytes.indexOf('data') + 4)
        await writeFile(path, bytes)
        return path
      },
    }),
  ),
]

/** As of a recording that was joined on the way, or was written over. */
const damaged = (codec: string, warnings: readonly WarningCode[]): HardFile =>
  clockFile({
    kind: 'a first second that is damaged',
    name: `Matroska with ${codec}`,
    seconds: 6,
    heard: [{ from: 2, to: 6, tones: from(2) }],
    warnings,
    make: (folder) =>
      makeMedia(source(folder), [
        ...timedTones({ seconds: 6 }),
        ...['-c:a', codec, '-bsf:a', "noise=amount='if(lt(n,46),1,1000000000)'", '-f', 'matroska'],
      ]),
  })

/** Less than a tenth of a second is nothing to a player, and all of what follows to a chapter. */
const lost = (container: string, options: readonly string[]): HardFile =>
  clockFile({
    kind: 'a few packets that are damaged on the way',
    name: container,
    seconds: 8,
    heard: [
      { from: 0, to: 3, tones: from(0) },
      { from: 5, to: 8, tones: from(5) },
    ],
    warnings: ['AUDIO_GAP_FILLED'],
    async make(folder) {
      const path = await makeMedia(source(folder), [...timedTones({ seconds: 8 }), ...aac, ...options])
      const bytes = await readFile(path)
      // Its audio alone: 128 kbit/s are 3,200 bytes in a fifth of a second.
      const middle = bytes.length >> 1
      bytes.fill(0, middle, middle + 3_200)
      await writeFile(path, bytes)
      return path
    },
  })

const late = (container: string, options: readonly string[], name = container): HardFile =>
  clockFile({
    kind: 'audio that begins after ten seconds',
    name,
    seconds: 5,
    heard: [{ from: 0, to: 5, tones: from(0) }],
    make: (folder) =>
      makeMedia(source(folder), [
        ...picture(18),
        ...['-itsoffset', '13'],
        ...timedTones({ seconds: 5 }),
        ...['-map', '0', '-map', '1', ...options, '-f', container],
      ]),
  })

const manyStreams = (): HardFile =>
  clockFile({
    kind: 'more than 32 streams',
    name: 'Matroska with 40 subtitles',
    seconds: 4,
    heard: [{ from: 0, to: 4, tones: from(0) }],
    async make(folder) {
      const words = join(folder, 'words.srt')
      await writeFile(words, '1\n00:00:01,000 --> 00:00:02,000\nHello\n')
      const subtitles = Array.from({ length: 40 }, () => ['-map', '1'])
      return await makeMedia(source(folder), [
        ...timedTones({ seconds: 4 }),
        ...['-i', words, '-map', '0', ...subtitles.flat(), ...aac, '-c:s', 'srt', '-f', 'matroska'],
      ])
    },
  })

export const clockFiles = (): HardFile[] => [
  cutShort(),
  ...gaps(),
  ...jumps(),
  ...lengths(),
  damaged('aac', ['AUDIO_GAP_FILLED']),
  lost('mp4', ['-b:a', '128k', '-f', 'mp4']),
  damaged('libmp3lame', ['AUDIO_GAP_FILLED']),
  late('mpegts', [...h264, ...aac]),
  // No container is proven for it: all of the file is kept.
  late('mpegts', [...h264, '-c:a', 'dca', '-strict', '-2', '-b:a', '768k'], 'mpegts, DTS'),
  late('flv', ['-c:v', 'flv1', ...aac]),
  late('mpeg', ['-c:v', 'mpeg1video', '-c:a', 'mp2']),
  manyStreams(),
]
