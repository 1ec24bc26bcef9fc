/** Files with more in them than one picture and one audio track, or with audio that is locked away. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refusedAs, type CorpusFile, type Expected } from './corpus-file.ts'
import { h264, makeMedia, picture, audio, audioSeconds, toneHz } from './made-media.ts'

const whole: Expected = { tonesHz: [toneHz], seconds: audioSeconds }
const aac = ['-c:a', 'aac']
const otherHz = 2_000

const several = (name: string, expected: Expected, ...options: readonly string[][]): CorpusFile => ({
  name,
  inShortRun: true,
  expected,
  make: (folder) => makeMedia(join(folder, 'source'), options.flat()),
})

/** The first audio track, and another after it. */
const twoAudio = [...audio(), ...audio({ hz: otherHz }), '-map', '0', '-map', '1']
const attached = ['-map', '0', '-map', '1', '-frames:v', '1', '-disposition:v', 'attached_pic']

/** Common Encryption (ISO 23001-7): the sample entry is `enca`, and the samples are noise without their key. */
const locked = [
  ...['-encryption_scheme', 'cenc-aes-ctr'],
  ...['-encryption_key', '00112233445566778899aabbccddeeff'],
  ...['-encryption_kid', '112233445566778899aabbccddeeff00'],
]

const withCover = (name: string, codec: string, muxer: string, ...options: string[]): CorpusFile =>
  several(name, whole, audio(), picture(1, '320x240'), attached, ['-c:v', 'png', '-c:a', codec], options, [
    '-f',
    muxer,
  ])

const subtitled: CorpusFile = {
  name: 'subtitles, chapters and tags in MP4',
  inShortRun: true,
  expected: whole,
  async make(folder) {
    const [lines, list] = [join(folder, 'lines.srt'), join(folder, 'chapters')]
    await writeFile(lines, '1\n00:00:00,000 --> 00:00:02,000\nA line\n')
    await writeFile(
      list,
      ';FFMETADATA1\ntitle=A "title" \\\\ \u{1F3B5}\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\n',
    )
    const inputs = [...audio(), '-i', lines, '-f', 'ffmetadata', '-i', list, '-map', '0', '-map', '1']
    const options = ['-map_metadata', '2', '-map_chapters', '2', ...aac, '-c:s', 'mov_text', '-f', 'mp4']
    return await makeMedia(join(folder, 'source'), [...inputs, ...options])
  },
}

export const oddStreams = (): CorpusFile[] => [
  several('two languages', whole, twoAudio, aac, [
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu', '-f', 'matroska'],
  ]),
  several(
    'thirty audio tracks',
    whole,
    [...audio(), ...Array.from({ length: 30 }, () => ['-map', '0']).flat()],
    aac,
    [...['-f', 'matroska']],
  ),
  several('a first audio track that is not decoded', { tonesHz: [otherHz], track: 1 }, twoAudio, [
    ...['-c:a:0', 'tta', '-c:a:1', 'aac', '-f', 'matroska'],
  ]),
  several('a picture that is not decoded', whole, [...picture(), ...audio(), '-c:v', 'ffv1'], aac, [
    '-f',
    'matroska',
  ]),
  several('two pictures and an audio track behind them', whole, [
    ...[...picture(), ...picture(), ...audio(), '-map', '0', '-map', '1', '-map', '2'],
    ...[...h264, ...aac, '-f', 'mpegts'],
  ]),
  several('audio that is locked', refusedAs('PROTECTED'), audio(), aac, locked, ['-f', 'mp4']),
  // At 64 kbit/s its frames are 192 bytes, and those of a steady tone look like packets of a TS.
  withCover('a cover in MP3', 'libmp3lame', 'mp3', '-b:a', '128k'),
  withCover('a cover in M4A', 'aac', 'ipod'),
  withCover('a cover in FLAC', 'flac', 'flac'),
  subtitled,
]
