/** Audio that we do not decode, and containers that we do not read: refused by the code that says which. */
import { join } from 'node:path'
import { refusedAs, type CorpusFile } from './corpus-file.ts'
import { h264, makeMedia, picture, audio } from './made-media.ts'
import { writtenFile } from './written-file.ts'

/** Muxer and encoder; the first is in the short run. */
const undecoded = [
  'matroska dca',
  'mpegts dca',
  'mp4 truehd',
  'matroska wavpack',
  'matroska tta',
  'matroska mlp',
  'ogg libspeex',
  'avi libspeex',
  'wav libgsm_ms',
  'wav g723_1',
  'flv nellymoser',
  'mov libgsm',
]
const unread = [
  'aiff pcm_s16be',
  'caf alac',
  'au pcm_s16be',
  'w64 pcm_s16le',
  'ac3 ac3',
  'nut aac',
  'wv wavpack',
  'tta tta',
  'wtv mp2',
  'mxf pcm_s16le',
  'rm ac3',
  'latm aac',
]

const narrow = ['-ar', '8000', '-ac', '1']
const codecOptions: Readonly<Record<string, readonly string[]>> = {
  g723_1: [...narrow, '-b:a', '6300'],
  libgsm: narrow,
  libgsm_ms: narrow,
  nellymoser: ['-ar', '22050', '-ac', '1'],
}

function fileFrom(pair: string, inShortRun: boolean, expected: CorpusFile['expected']): CorpusFile {
  const [muxer = '', codec = ''] = pair.split(' ')
  // MXF wants a picture.
  const [video, coded] = muxer === 'mxf' ? [picture(), ['-c:v', 'mpeg2video']] : [[], []]
  const options = [
    ...video,
    ...audio(),
    ...coded,
    '-c:a',
    codec,
    '-strict',
    '-2',
    ...(codecOptions[codec] ?? []),
  ]
  return {
    name: `${muxer} with ${codec}`,
    inShortRun,
    expected,
    make: (folder) => makeMedia(join(folder, 'source'), [...options, '-f', muxer]),
  }
}

export function refusedFiles(): CorpusFile[] {
  return [
    ...undecoded.map((pair, index) => fileFrom(pair, index === 0, refusedAs('UNSUPPORTED_CODEC'))),
    ...unread.map((pair, index) => fileFrom(pair, index === 0, refusedAs('UNSUPPORTED_FORMAT'))),
    writtenFile('nothing', refusedAs('UNSUPPORTED_FORMAT'), ''),
    writtenFile('one byte', refusedAs('UNSUPPORTED_FORMAT'), 'x'),
    writtenFile('zeros', refusedAs('UNSUPPORTED_FORMAT'), Buffer.alloc(1_000_000)),
    writtenFile(
      'text',
      refusedAs('UNSUPPORTED_FORMAT'),
      'This is no video, whatever its name says.\n'.repeat(1_000),
    ),
    {
      name: 'a picture without audio',
      inShortRun: true,
      expected: refusedAs('NO_AUDIO_TRACK'),
      make: (folder) => makeMedia(join(folder, 'source'), [...picture(), ...h264, '-f', 'mp4']),
    },
  ]
}
