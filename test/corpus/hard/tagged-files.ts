/** Tags as taggers leave them: several values, old code pages, odd pictures. Written by mutagen, or as bytes where it is too careful. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeMedia } from '#test/corpus/made-media.ts'
import type { ExpectedMp3, HardFile } from './hard-file.ts'
import { timedTones } from './timed-tones.ts'
import type { WarningCode } from '#schema/documents/warning.ts'

const run = promisify(execFile)
const seconds = 2

const codecs = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '128k', '-id3v2_version', '0', '-f', 'mp3'],
  flac: ['-c:a', 'flac', '-f', 'flac'],
  opus: ['-c:a', 'libopus', '-b:a', '128k', '-f', 'ogg'],
  m4a: ['-c:a', 'aac', '-b:a', '192k', '-f', 'mp4'],
  wav: ['-c:a', 'pcm_s16le', '-f', 'wav'],
  avi: ['-c:a', 'pcm_s16le', '-f', 'avi'],
} as const

interface Tagged {
  readonly kind: string
  readonly name: string
  readonly inShortRun?: boolean
  readonly as: keyof typeof codecs
  readonly options?: readonly string[]
  /** In Python; `path` is the file's, `folder` where pictures are, and all frames of ID3 are known by their ids. */
  readonly program?: string
  /** Changes the file's bytes in the end. */
  readonly change?: (bytes: Buffer) => Buffer
  readonly pictures?: readonly { readonly name: string; readonly options: readonly string[] }[]
  readonly warnings?: readonly WarningCode[]
  readonly expected: Pick<ExpectedMp3, 'frames' | 'picture'>
}

const preamble = `
import sys
path, folder = sys.argv[1:]
from mutagen.id3 import ID3, Frames
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.apev2 import APEv2
globals().update(Frames)
read = lambda name: open(folder + '/' + name, 'rb').read()
def id3(version, *frames):
    tag = ID3()
    for frame in frames:
        tag.add(frame)
    tag.save(path, v2_version=version)
`

const fileOf = (tagged: Tagged): HardFile => ({
  kind: tagged.kind,
  name: tagged.name,
  inShortRun: tagged.inShortRun ?? false,
  expected: { warnings: tagged.warnings ?? [], mp3s: [{ seconds, ...tagged.expected }] },
  async make(folder) {
    const tones = timedTones({ seconds, channels: 2, layout: 'stereo' })
    const options = [...tones, ...(tagged.options ?? []), ...codecs[tagged.as]]
    const path = await makeMedia(join(folder, 'source'), options)
    for (const { name, options: shown } of tagged.pictures ?? [])
      await makeMedia(join(folder, name), ['-f', 'lavfi', '-i', ...shown, '-frames:v', '1'])
    if (tagged.program !== undefined) {
      const env = { PATH: process.env['PATH'], PYTHONPATH: process.env['MUTAGEN_DIRECTORY'] }
      await run('python3', ['-c', preamble + tagged.program, path, folder], { env, timeout: 30_000 })
    }
    if (tagged.change !== undefined) await writeFile(path, tagged.change(await readFile(path)))
    return path
  },
})

const several = 'several values of a tag'
const severalArtists = { TPE1: 'One/Two', TCON: 'Rock/Jazz', TIT2: 'Title' }
const inComments = `tags['TITLE'] = 'Title'; tags['ARTIST'] = ['One', 'Two']; tags['GENRE'] = ['Rock', 'Jazz']; tags.save()`

const severalValues: readonly Tagged[] = [
  {
    kind: several,
    name: 'MP3 with ID3v2.4',
    inShortRun: true,
    as: 'mp3',
    program: `id3(4, TIT2(text='Title'), TPE1(text=['One', 'Two']), TCON(text=['Rock', 'Jazz']))`,
    expected: { frames: severalArtists },
  },
  {
    kind: several,
    name: 'MP3 with ID3v2.3, parted by slashes',
    as: 'mp3',
    program: `id3(3, TIT2(text='Title'), TPE1(text='One/Two'), TCON(text='Rock/Jazz'))`,
    expected: { frames: severalArtists },
  },
  {
    kind: several,
    name: 'MP3 with APEv2',
    as: 'mp3',
    program: `tag = APEv2(); tag['Title'] = 'Title'; tag['Artist'] = ['One', 'Two']; tag['Genre'] = ['Rock', 'Jazz']; tag.save(path)`,
    expected: { frames: severalArtists },
  },
  {
    kind: several,
    name: 'FLAC',
    inShortRun: true,
    as: 'flac',
    program: `tags = FLAC(path); ${inComments}`,
    expected: { frames: severalArtists },
  },
  {
    kind: several,
    name: 'Opus in Ogg',
    as: 'opus',
    program: `tags = OggOpus(path); ${inComments}`,
    expected: { frames: severalArtists },
  },
  {
    kind: several,
    name: 'MP4',
    inShortRun: true,
    as: 'm4a',
    program: `tags = MP4(path); tags['\\xa9nam'] = 'Title'; tags['\\xa9ART'] = ['One', 'Two']; tags['\\xa9gen'] = ['Rock', 'Jazz']; tags.save()`,
    expected: { frames: severalArtists },
  },
]

const own = 'tags that have frames of their own'
const ownFrames = {
  TBPM: '128',
  TKEY: 'Am',
  TSRC: 'USRC17607839',
  TSOP: 'One, The',
  TPE4: 'Remixer',
  TEXT: 'Lyricist',
  TPUB: 'Label',
  TRCK: '3/12',
  TCMP: '1',
  'TXXX:MusicBrainz Album Id': 'album',
  'UFID:http://musicbrainz.org': "UFID(owner='http://musicbrainz.org', data=b'recording')",
  TDRC: '2019-05-03',
}
const inWords = {
  BPM: '128',
  INITIALKEY: 'Am',
  ISRC: 'USRC17607839',
  ARTISTSORT: 'One, The',
  REMIXER: 'Remixer',
  LYRICIST: 'Lyricist',
  LABEL: 'Label',
  TRACKNUMBER: '3',
  TRACKTOTAL: '12',
  COMPILATION: '1',
  MUSICBRAINZ_ALBUMID: 'album',
  MUSICBRAINZ_TRACKID: 'recording',
  DATE: '2019-05-03',
  COMMENT: 'A comment',
  DESCRIPTION: 'A description',
}

const framesOfTheirOwn: readonly Tagged[] = [
  {
    kind: own,
    name: 'MP3',
    inShortRun: true,
    as: 'mp3',
    program: `id3(4, TBPM(text='128'), TKEY(text='Am'), TSRC(text='USRC17607839'), TSOP(text='One, The'), TPE4(text='Remixer'),
  TEXT(text='Lyricist'), TPUB(text='Label'), TRCK(text='3/12'), TCMP(text='1'), TXXX(desc='MusicBrainz Album Id', text='album'),
  UFID(owner='http://musicbrainz.org', data=b'recording'), TDRC(text='2019-05-03'), POPM(email='me@x', rating=196, count=7),
  WXXX(desc='shop', url='http://x.example/'), COMM(lang='eng', desc='', text='One'), COMM(lang='deu', desc='note', text='Zwei'),
  USLT(lang='fra', desc='', text='la\\nla'), TMED(text='CD'), TCOP(text='2019 X'), TLAN(text='deu'), TSO2(text='A'))`,
    expected: {
      frames: {
        ...ownFrames,
        'POPM:me@x': "POPM(email='me@x', rating=196)",
        'WXXX:shop': 'http://x.example/',
        'COMM::eng': 'One',
        'COMM:note:deu': 'Zwei',
        'USLT::fra': 'la\nla',
        TMED: 'CD',
        TCOP: '2019 X',
        TLAN: 'deu',
        TSO2: 'A',
      },
    },
  },
  {
    kind: own,
    name: 'FLAC',
    as: 'flac',
    program: `tags = FLAC(path)\nfor key, value in ${JSON.stringify(inWords)}.items(): tags[key] = value\ntags.save()`,
    expected: { frames: { ...ownFrames, 'COMM::und': 'A comment', 'TXXX:description': 'A description' } },
  },
  {
    kind: own,
    name: 'MP4',
    as: 'm4a',
    program: `tags = MP4(path)
tags['tmpo'] = [128]; tags['soar'] = 'One, The'; tags['trkn'] = [(3, 12)]; tags['cpil'] = True; tags['\\xa9day'] = '2019-05-03'
for key, value in {'initialkey': b'Am', 'ISRC': b'USRC17607839', 'REMIXER': b'Remixer', 'LYRICIST': b'Lyricist', 'LABEL': b'Label',
  'MusicBrainz Album Id': b'album', 'MusicBrainz Track Id': b'recording'}.items(): tags['----:com.apple.iTunes:' + key] = [value]
tags.save()`,
    expected: { frames: ownFrames },
  },
]

const oldText = 'text of an old code page'
const id3v1 = (title: Buffer) => (bytes: Buffer) => {
  const tag = Buffer.alloc(128)
  tag.write('TAG', 'latin1')
  title.copy(tag, 3, 0, 30)
  return Buffer.concat([bytes, tag])
}
const replaced = (what: string, by: string) => (bytes: Buffer) => {
  bytes.write(by, bytes.indexOf(what), 'latin1')
  return bytes
}
const asLatin = (hex: string) => `bytes.fromhex('${hex}').decode('latin-1')`

/** As Python encodes them. */
const oldPages: readonly (readonly [string, readonly [string, string], string, string])[] = [
  ['Windows-1254', ['47fc6c70656d6265', '426172fdfe204d616ee76f'], 'Gülpembe', 'Barış Manço'],
  ['Windows-1255', ['e0ed20f0f0f2ece5', 'f2e5f4f8e420e7e6e4'], 'אם ננעלו', 'עופרה חזה'],
  ['GBK', ['c6dfc0efcfe3', 'd6dcbddcc2d7'], '七里香', '周杰伦'],
  ['EUC-KR', ['babdb3af', 'b9e6c5babcd2b3e2b4dc'], '봄날', '방탄소년단'],
]

const oldTexts: readonly Tagged[] = [
  {
    kind: oldText,
    name: 'ID3v1 in Latin-1',
    inShortRun: true,
    as: 'mp3',
    change: id3v1(Buffer.from('Mot\u00f6rhead, Stra\u00dfe', 'latin1')),
    expected: { frames: { TIT2: 'Motörhead, Straße' } },
  },
  {
    kind: oldText,
    name: 'ID3v1 in Shift-JIS',
    as: 'mp3',
    change: id3v1(Buffer.from('938c8b9e8e9695cf', 'hex')),
    expected: { frames: { TIT2: '東京事変' } },
  },
  {
    kind: oldText,
    name: 'ID3v2.3 in Windows-1251 that says it is Latin-1',
    inShortRun: true,
    as: 'mp3',
    program: `id3(3, TIT2(encoding=0, text=${asLatin('cfe0f0eee2eee7')}), TPE1(encoding=0, text=${asLatin('caeeebff')}))`,
    expected: { frames: { TIT2: 'Паровоз', TPE1: 'Коля' } },
  },
  {
    kind: oldText,
    name: 'ID3v2.3 in UTF-8 that says it is Latin-1',
    as: 'mp3',
    program: `id3(3, TIT2(encoding=0, text=${asLatin('4d6f74c3b672')}))`,
    expected: { frames: { TIT2: 'Motör' } },
  },
  {
    kind: oldText,
    name: 'ID3v2.4 in UTF-16 without a mark of its byte order',
    as: 'mp3',
    program: `id3(4, TIT2(encoding=2, text='Öffnung 東'))`,
    expected: { frames: { TIT2: 'Öffnung 東' } },
  },
  ...oldPages.map(([name, hex, title, artist]): Tagged => ({
    kind: oldText,
    name: `ID3v2.3 in ${name} that says it is Latin-1`,
    as: 'mp3',
    program: `id3(3, TIT2(encoding=0, text=${asLatin(hex[0])}), TPE1(encoding=0, text=${asLatin(hex[1])}))`,
    expected: { frames: { TIT2: title, TPE1: artist } },
  })),
  {
    kind: oldText,
    name: 'WAVE with INFO in Latin-1',
    as: 'wav',
    options: ['-metadata', 'title=Mot_rhead'],
    change: replaced('Mot_rhead', 'Mot\u00f6rhead'),
    expected: { frames: { TIT2: 'Motörhead' } },
  },
  {
    kind: oldText,
    name: 'AVI with INFO in Windows-1252',
    as: 'avi',
    options: ['-metadata', 'title=It_s 5 _'],
    change: replaced('It_s 5 _', 'It\u0092s 5 \u0080'),
    expected: { frames: { TIT2: 'It’s 5 €' } },
  },
]

const behindWave = 'what is behind the audio of a WAVE file'
const behind = (name: string, change: (bytes: Buffer) => Buffer, inShortRun = false): Tagged => ({
  kind: behindWave,
  name,
  inShortRun,
  as: 'wav',
  change,
  expected: {},
})

const tails: readonly Tagged[] = [
  behind('ID3v1', id3v1(Buffer.from('Title'))),
  behind(
    'ID3v2 with a picture',
    (bytes) => {
      const start = Buffer.from('4944330300000012274c', 'hex')
      return Buffer.concat([bytes, start, Buffer.alloc(300_000, 0x5a)])
    },
    true,
  ),
  behind('XML', (bytes) =>
    Buffer.concat([bytes, Buffer.from(`<?xml version="1.0"?>\n${'<a/>\n'.repeat(60_000)}`)]),
  ),
]

const pictured = 'several pictures'
const odd = 'pictures that few players show'
const icon = { name: 'icon.png', options: ['color=red:size=32x32'] }
const front = { name: 'front.jpg', options: ['color=blue:size=90x90'] }
const apic = (type: number, name: string, mime: string) =>
  `APIC(encoding=0, mime='${mime}', type=${type}, desc='${type}', data=read('${name}'))`
const frontJpeg = { type: 3, mimeType: 'image/jpeg' }
const converted = (name: string, file: string, mime: string, inShortRun = false): Tagged => ({
  kind: odd,
  name,
  inShortRun,
  as: 'mp3',
  pictures: [{ name: file, options: ['testsrc2=size=120x80'] }],
  program: `id3(4, ${apic(3, file, mime)})`,
  warnings: ['COVER_CHANGED'],
  expected: { picture: frontJpeg },
})

const pictures: readonly Tagged[] = [
  {
    kind: pictured,
    name: 'FLAC with an icon, then the front',
    inShortRun: true,
    as: 'flac',
    pictures: [icon, front],
    program: `tags = FLAC(path)
for type, name, mime in [(1, 'icon.png', 'image/png'), (3, 'front.jpg', 'image/jpeg')]:
    picture = Picture(); picture.type = type; picture.mime = mime; picture.data = read(name); tags.add_picture(picture)
tags.save()`,
    expected: { picture: frontJpeg },
  },
  {
    kind: pictured,
    name: 'MP3 with the artist, then the front',
    as: 'mp3',
    pictures: [icon, front],
    program: `id3(4, ${apic(8, 'icon.png', 'image/png')}, ${apic(3, 'front.jpg', 'image/jpeg')})`,
    expected: { picture: frontJpeg },
  },
  {
    kind: pictured,
    name: 'MP3 with the back alone',
    as: 'mp3',
    pictures: [front],
    program: `id3(4, ${apic(4, 'front.jpg', 'image/jpeg')})`,
    expected: { picture: { type: 4, mimeType: 'image/jpeg' } },
  },
  {
    kind: pictured,
    name: 'MP4 with two',
    as: 'm4a',
    pictures: [front, icon],
    program: `tags = MP4(path); tags['covr'] = [MP4Cover(read('front.jpg'), MP4Cover.FORMAT_JPEG), MP4Cover(read('icon.png'), MP4Cover.FORMAT_PNG)]; tags.save()`,
    expected: { picture: frontJpeg },
  },
  converted('MP3 with a WebP', 'cover.webp', 'image/webp', true),
  converted('MP3 with a GIF', 'cover.gif', 'image/gif'),
  converted('MP3 with a BMP', 'cover.bmp', 'image/bmp'),
  converted('MP3 with a TIFF', 'cover.tiff', 'image/tiff'),
  {
    ...converted('MP3 with a PNG of 12 MB', 'cover.png', 'image/png'),
    pictures: [{ name: 'cover.png', options: ['testsrc2=size=2000x2000', '-compression_level', '0'] }],
  },
  {
    ...converted('MP3 with half a GIF', 'cover.gif', 'image/gif'),
    program: `id3(4, APIC(encoding=0, mime='image/gif', type=3, desc='', data=read('cover.gif')[:300]))`,
    warnings: ['COVER_MISSING'],
    expected: { picture: null },
  },
]

export const taggedFiles = (): HardFile[] =>
  [...severalValues, ...framesOfTheirOwn, ...oldTexts, ...tails, ...pictures].map(fileOf)
