/** Audio that we do not decode, and containers that we do not read: refused by the code that says which. */
import { join } from 'node:path'
import { refusedAs, type CorpusFile } from './corpus-file.ts'
import { h264, makeMedia, picture, audio } from './made-media.ts'
import { writtenFile } from './written-file.ts'

/** Muxer and encoder; the first is in the short run. */
const undecoded = ['matroska tta', 'wav g723_1', 'flv nellymoser']
const unread = ['tta tta', 'nut aac', 'wtv mp2', 'rm ac3']

const narrow = ['-ar', '8000', '-ac', '1']
const codecOptions: Readonly<Record<string, readonly string[]>> = {
  g723_1: [...narrow, '-b:a', '6300'],
  nellymoser: ['-ar', '22050', '-ac', '1'],
}

function fileFrom(pair: string, inShortRun: boolean, expected: CorpusFile['expected']): CorpusFile {
  const [muxer = '', codec = ''] = pair.split(' ')
  const options = [...audio(), '-c:a', codec, '-strict', '-2', ...(codecOptions[codec] ?? [])]
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
