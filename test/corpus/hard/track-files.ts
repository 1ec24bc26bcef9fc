/** Files of several tracks, of which one is meant, and of channels that become stereo. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeMedia } from '#test/corpus/made-media.ts'
import type { ExpectedMp3s, HardFile } from './hard-file.ts'
import { timedTones } from './timed-tones.ts'

const seconds = 4
const heardOf = (track: number, from = 0, to = seconds) => [{ from, to, tones: [{ second: from, track }] }]

interface Row {
  readonly kind: string
  readonly name: string
  readonly expected: ExpectedMp3s
  readonly options: readonly string[]
  readonly inShortRun?: boolean
  /** After it was written. */
  readonly change?: (bytes: Buffer) => Buffer
}

const file = ({ kind, name, expected, options, inShortRun = false, change }: Row): HardFile => ({
  kind,
  name,
  inShortRun,
  expected,
  make: async (folder) => {
    const path = await makeMedia(join(folder, 'source'), options)
    if (change) await writeFile(path, change(await readFile(path)))
    return path
  },
})

const twoTracks = [
  ...timedTones({ seconds, track: 0, layout: 'mono' }),
  ...timedTones({ seconds, track: 1, layout: 'mono' }),
  ...['-map', '0', '-map', '1'],
]
const aac = ['-c:a', 'aac', '-b:a', '96k']
const chosen = (track: number): ExpectedMp3s => ({
  warnings: ['TRACK_CHOSEN'],
  mp3s: [{ seconds, heard: heardOf(track) }],
})

const choices: readonly Row[] = [
  {
    kind: 'commentary or description first',
    name: 'Matroska, the main track is the default one',
    inShortRun: true,
    expected: { ...chosen(1), words: /commentary/ },
    options: [
      ...twoTracks,
      ...aac,
      '-disposition:a:0',
      'comment',
      '-disposition:a:1',
      'default',
      '-f',
      'matroska',
    ],
  },
  {
    kind: 'commentary or description first',
    name: 'MP4, where only a name says so',
    expected: { ...chosen(1), words: /audio description/ },
    options: [...twoTracks, ...aac, '-metadata:s:a:0', 'handler_name=Audio Description', '-f', 'mp4'],
  },
  {
    kind: 'commentary or description first',
    name: 'TS, for the visually impaired',
    expected: chosen(1),
    options: [
      ...[...twoTracks, ...aac, '-disposition:a:0', 'visual_impaired'],
      ...['-metadata:s:a:0', 'language=eng', '-f', 'mpegts'],
    ],
  },
  {
    kind: 'first track empty',
    name: 'TS that announces it',
    inShortRun: true,
    expected: { ...chosen(1), words: /empty/ },
    options: [...twoTracks, ...aac, '-f', 'mpegts'],
    change: (bytes) => withoutPackets(bytes, 0x100),
  },
]

/** An MPEG-TS has packets of 188 bytes, whose second and third hold the id of their stream. */
function withoutPackets(bytes: Buffer, id: number): Buffer {
  const packets = Array.from({ length: bytes.length / 188 }, (_, at) =>
    bytes.subarray(at * 188, at * 188 + 188),
  )
  return Buffer.concat(packets.filter((packet) => (packet.readUInt16BE(1) & 0x1f_ff) !== id))
}

const sides: ExpectedMp3s = {
  warnings: ['TRACKS_JOINED'],
  mp3s: [
    {
      seconds,
      channels: 2,
      heard: [
        { from: 0, to: seconds, side: 'left', tones: [{ second: 0, track: 0 }] },
        { from: 0, to: seconds, side: 'right', tones: [{ second: 0, track: 1 }] },
      ],
    },
  ],
}

const joined: readonly Row[] = [
  {
    kind: 'two mono tracks that are left and right',
    name: 'MOV of a camera, PCM',
    inShortRun: true,
    expected: sides,
    options: [...twoTracks, '-c:a', 'pcm_s24le', '-f', 'mov'],
  },
  {
    kind: 'two mono tracks that are left and right',
    name: 'Matroska, by their titles',
    expected: sides,
    options: [
      ...[...twoTracks, ...aac, '-metadata:s:a:0', 'title=Left', '-metadata:s:a:1', 'title=Right'],
      ...['-f', 'matroska'],
    ],
  },
  {
    kind: 'goes on under another id and codec',
    name: 'TS, MP2 and then AC-3',
    inShortRun: true,
    expected: {
      warnings: ['TRACK_CONTINUED'],
      mp3s: [
        {
          seconds: 2 * seconds,
          heard: [...heardOf(0), { from: seconds, to: 2 * seconds, tones: [{ second: 0, track: 1 }] }],
        },
      ],
    },
    options: [
      ...timedTones({ seconds, track: 0, layout: 'mono' }),
      ...['-itsoffset', `${seconds}`, ...timedTones({ seconds, track: 1, layout: 'mono' })],
      ...['-map', '0', '-map', '1', '-c:a:0', 'mp2', '-c:a:1', 'ac3', '-f', 'mpegts'],
    ],
  },
]

/** The right one lacks a second, of which a join sample by sample would not know. */
const unlikeSides: Row = {
  kind: 'two mono tracks that are left and right',
  name: 'Matroska, one of them with a gap',
  inShortRun: true,
  expected: chosen(0),
  options: [
    ...[...twoTracks, ...aac, '-metadata:s:a:0', 'title=Left', '-metadata:s:a:1', 'title=Right'],
    ...['-filter:a:1', "aselect='lt(t,1)+gte(t,2)'", '-f', 'matroska'],
  ],
}

const surround = (name: string, coding: readonly string[]): Row => ({
  kind: '5.1 that passes full scale as stereo',
  name,
  expected: { warnings: ['PEAKS_LIMITED'], mp3s: [{ seconds, channels: 2 }] },
  options: [...timedTones({ seconds, channels: 6, layout: '5.1', level: 0.9 }), ...coding],
})

const bothHear = (channel: number, amplitude: number) => [
  { from: 0, to: seconds, tones: [{ second: 0, channel }], amplitude },
]

/** By the shares of docs/mixing.md. */
const asLoud = (name: string, coding: readonly string[]): Row => ({
  kind: '5.1 is as loud as any, whatever its codec',
  name,
  expected: {
    warnings: [],
    mp3s: [
      {
        seconds,
        channels: 2,
        heard: [
          { from: 0, to: seconds, side: 'left', tones: [{ second: 0, channel: 0 }], amplitude: 0.1 },
          { from: 0, to: seconds, side: 'right', tones: [{ second: 0, channel: 1 }], amplitude: 0.1 },
          ...bothHear(2, 0.0707),
        ],
      },
    ],
  },
  options: [...timedTones({ seconds, channels: 6, layout: '5.1', level: 0.1 }), ...coding],
})

const channels: readonly Row[] = [
  surround('AAC', ['-c:a', 'aac', '-b:a', '512k', '-f', 'mp4']),
  surround('FLAC', ['-c:a', 'flac', '-f', 'flac']),
  ...Object.entries({
    AAC: ['-c:a', 'aac', '-b:a', '512k', '-f', 'mp4'],
    'AC-3': ['-c:a', 'ac3', '-b:a', '640k', '-f', 'ac3'],
    FLAC: ['-c:a', 'flac', '-f', 'flac'],
    PCM: ['-c:a', 'pcm_s16le', '-f', 'wav'],
  }).map(([name, coding]) => asLoud(name, coding)),
]

export const trackFiles = (): HardFile[] => [...choices, ...joined, unlikeSides, ...channels].map(file)
