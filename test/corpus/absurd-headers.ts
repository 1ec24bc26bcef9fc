/** Files that are whole but for one number, which is absurd. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CorpusFile, Expected } from './corpus-file.ts'
import { h264, makeMedia, picture, audio } from './made-media.ts'
import { changeBox, numbers } from './mp4-boxes.ts'
import { writtenFile } from './written-file.ts'

const expected: Expected = 'any clean outcome'
const wav = [...audio(), '-c:a', 'pcm_s16le', '-f', 'wav']
const mov = [...audio(), '-c:a', 'pcm_s16le', '-f', 'mov']
const mp4 = [...audio(), '-c:a', 'aac', '-f', 'mp4']

const video = [...picture(), ...audio(), ...h264, '-c:a', 'aac', '-f', 'mp4']

type Change = (bytes: Buffer) => Buffer | void

const changed = (name: string, options: readonly string[], change: Change): CorpusFile =>
  writtenFile(name, expected, async (folder) => {
    const bytes = await readFile(await makeMedia(join(folder, 'made'), options))
    return change(bytes) ?? bytes
  })

/** Of the `fmt ` chunk: format 0, channels 2, rate 4, bytes a second 8, block 12, bits 14. */
const inFormat = (name: string, offset: number, value: number, bytes: 2 | 4 = 2) =>
  changed(name, wav, (file) => void file.writeUIntLE(value, file.indexOf('fmt ') + 8 + offset, bytes))

const inTrack = (name: string, options: readonly string[], path: string, ...values: readonly number[]) =>
  changed(name, options, (file) => changeBox(file, `moov/trak/${path}`, () => numbers(0, ...values)))

const samples = 'mdia/minf/stbl'
const late = (name: string, format: string, codec: string, offset: string) =>
  changed(name, [...audio(), '-c:a', codec, '-output_ts_offset', offset, '-f', format], () => undefined)

export const absurdHeaders = (): CorpusFile[] => [
  inFormat('no channels', 2, 0),
  inFormat('65,535 channels', 2, 65_535),
  inFormat('64 channels', 2, 64),
  inFormat('a sample rate of 0', 4, 0, 4),
  inFormat('a sample rate of 1 Hz', 4, 1, 4),
  inFormat('a sample rate of 4 GHz', 4, 0xffffffff, 4),
  inFormat('a sample rate of 2 GHz', 4, 0x7fffffff, 4),
  inFormat('blocks of no bytes', 12, 0),
  inFormat('blocks of 65,535 bytes', 12, 65_535),
  inFormat('samples of no bits', 14, 0),
  inFormat('samples of 65,535 bits', 14, 65_535),
  inFormat('a codec that is another', 0, 0x55),
  inTrack('a billion samples of one byte', mov, `${samples}/stsz`, 1, 0x3fffffff),
  inTrack('four billion samples', mp4, `${samples}/stsz`, 0, 0xffffffff),
  inTrack('a billion samples at once', mp4, `${samples}/stts`, 1, 0x3fffffff, 0x7fffffff),
  inTrack('samples that last for ever', mp4, `${samples}/stts`, 1, 104, 0x7fffffff),
  inTrack('samples that last less than no time', mp4, `${samples}/stts`, 1, 104, 0xffffffff),
  inTrack('chunks that lie nowhere', mp4, `${samples}/stco`, 1, 0xffffffff),
  inTrack('chunks without end', mp4, `${samples}/stsc`, 1, 1, 0xffffffff, 1),
  inTrack('an edit that begins at no time', mp4, 'edts/elst', 1, 0xffffffff, 0x80000000, 0x10000),
  inTrack('an edit at no speed', mp4, 'edts/elst', 1, 2_200, 0, 0),
  changed('a movie at no speed', mp4, (file) => void file.writeUInt32BE(0, file.indexOf('mvhd') + 16)),
  late('audio before the beginning of time', 'matroska', 'libopus', '-1000000'),
  late('audio in thirty years', 'matroska', 'libopus', '1000000000'),
  late('audio in thirty thousand years', 'matroska', 'libopus', '1000000000000'),
  late('audio before the beginning of a TS', 'mpegts', 'mp2', '-90000'),
  changed(
    'an FLV whose time leaps',
    [...audio(), '-c:a', 'libmp3lame', '-ar', '44100', '-f', 'flv'],
    (file) => {
      // Tag type, size, then 24 bits of time and 8 more above them (FLV specification, E.4.1): of the last tag.
      const start = file.length - 4 - file.readUInt32BE(file.length - 4)
      file.fill(0xff, start + 4, start + 7)
      file[start + 7] = 0x7f
    },
  ),
  changed('a video without end over audio', video, (file) =>
    changeBox(file, 'moov/trak/mdia/minf/stbl/stts', () => numbers(0, 1, 0x3fffffff, 0x7fffffff)),
  ),
]
