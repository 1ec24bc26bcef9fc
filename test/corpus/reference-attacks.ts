/** Containers that say that their audio lies in another file, or on a server. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttackGround } from './attack-ground.ts'
import { refusedAs, type CorpusFile } from './corpus-file.ts'
import { makeMedia, audio, toneHz } from './made-media.ts'
import { box, changeBox, numbers } from './mp4-boxes.ts'
import { writtenFile } from './written-file.ts'

const text = (value: string) => Buffer.from(`${value}\0`, 'latin1')

/** A QuickTime alias (Inside Macintosh: Files) as ffmpeg reads it: of its many fields only the absolute path counts. */
function alias(path: string): Buffer {
  const [record, kind] = [Buffer.alloc(150), Buffer.alloc(4)]
  kind.writeUInt16BE(2)
  kind.writeUInt16BE(path.length, 2)
  const padded = Buffer.from(path.length % 2 === 1 ? `${path}\0` : path, 'latin1')
  return Buffer.concat([record, kind, padded, Buffer.from([0xff, 0xff, 0, 0])])
}

/** A movie whose one data reference is replaced (ISO 14496-12, 8.7.2). */
const movieAt = (reference: Buffer) => async (folder: string) => {
  const movie = await makeMedia(join(folder, 'movie'), [...audio(), '-c:a', 'pcm_s16le', '-f', 'mov'])
  return changeBox(await readFile(movie), 'moov/trak/mdia/minf/dinf/dref', () =>
    Buffer.concat([numbers(0, 1), reference]),
  )
}

/** A QuickTime movie that is nothing but the place of another. */
const otherMovie = (url: string) =>
  Buffer.concat([
    box('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')),
    box(
      'moov',
      box(
        'rmra',
        box('rmda', box('rdrf', numbers(0), Buffer.from('url '), numbers(url.length + 1), text(url))),
      ),
    ),
  ])

/** A chunk of AVI's subtitles: `GAB2`, a name, and a whole file of another format, which ffmpeg then opens. */
function gab2(content: string): Buffer {
  const [head, body] = [Buffer.alloc(11), Buffer.alloc(6)]
  head.write('GAB2\0\x02\0', 'latin1')
  body.writeUInt16LE(4)
  body.writeUInt32LE(content.length, 2)
  return Buffer.concat([head, body, Buffer.from(content)])
}

/** Its second audio track is renamed to subtitles, and its samples to what they hold. */
const aviWithSubtitles = (content: string) => async (folder: string) => {
  const second = ['-c:a:1', 'pcm_u8', '-ar:a:1', '8000']
  const options = [...audio(), ...audio(), '-map', '0', '-map', '1', '-c:a:0', 'libmp3lame', ...second]
  const avi = await readFile(await makeMedia(join(folder, 'avi'), [...options, '-f', 'avi']))
  const header = avi.indexOf('auds', avi.indexOf('auds') + 4)
  avi.write('txts', header, 'latin1')
  const chunk = avi.indexOf('01wb')
  gab2(content).copy(avi, chunk + 8)
  return avi
}

export function referenceAttacks({ canary, note, server }: AttackGround): CorpusFile[] {
  const refused = refusedAs('UNSUPPORTED_FORMAT', 'CORRUPT_FILE', 'NO_AUDIO_TRACK')
  const hls = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n${canary}\n#EXT-X-ENDLIST\n`
  return [
    writtenFile(
      'a movie whose audio is elsewhere, by URL',
      'any clean outcome',
      movieAt(box('url ', numbers(0), text(`file://${canary}`))),
    ),
    writtenFile(
      'a movie whose audio is on a server',
      'any clean outcome',
      movieAt(box('url ', numbers(0), text(`${server}/a.mov`))),
    ),
    writtenFile(
      'a movie whose audio is elsewhere, by alias',
      refused,
      movieAt(box('alis', numbers(0), alias(canary))),
    ),
    writtenFile('a movie that is elsewhere', refused, otherMovie(`file://${canary}`)),
    writtenFile('a movie that is on a server', refused, otherMovie(`${server}/movie.mov`)),
    writtenFile('AVI whose subtitles are a playlist', { tonesHz: [toneHz] }, aviWithSubtitles(hls)),
    writtenFile(
      'AVI whose subtitles name a font',
      { tonesHz: [toneHz] },
      aviWithSubtitles(`[Script Info]\n[Fonts]\nfontname: ${note}\n[Events]\n`),
    ),
  ]
}
