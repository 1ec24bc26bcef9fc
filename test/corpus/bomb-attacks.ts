/** Small files that would become large ones, or take for ever to read. */
import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { id3Tag } from '#converter/store/tags/id3-tag.ts'
import { refusedAs, type CorpusFile, type Expected } from './corpus-file.ts'
import { hugePng } from './huge-png.ts'
import { h264, makeMedia, picture, audio, audioSeconds, toneHz } from './made-media.ts'
import { box, changeBox, numbers } from './mp4-boxes.ts'
import { writtenFile } from './written-file.ts'

const tone: Expected = { tonesHz: [toneHz], seconds: audioSeconds }
const damaged = refusedAs('UNSUPPORTED_FORMAT', 'CORRUPT_FILE', 'NO_AUDIO_TRACK')
const mp3 = [...audio(), '-c:a', 'libmp3lame', '-b:a', '128k', '-f', 'mp3']
const aac = ['-c:a', 'aac', '-f', 'mp4']
const mp4 = [...audio(), ...aac]
const video = [...picture(), ...audio(), ...h264, ...aac]

const made = async (folder: string, options: readonly string[]) =>
  await readFile(await makeMedia(join(folder, 'made'), options))

/** ID3v2.4, 4.1.2: a frame that is compressed, with the length that it will have. */
function compressedTag(bytes: number): Buffer {
  const synchsafe = (value: number) =>
    numbers(
      ((value << 3) & 0x7f000000) | ((value << 2) & 0x7f0000) | ((value << 1) & 0x7f00) | (value & 0x7f),
    )
  const body = Buffer.concat([synchsafe(bytes), deflateSync(Buffer.alloc(bytes, 3), { level: 1 })])
  const frame = Buffer.concat([Buffer.from('TIT2'), synchsafe(body.length), Buffer.from([0, 0x09]), body])
  return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), synchsafe(frame.length), frame])
}

/** A compressed movie box (QuickTime File Format, Compressed Movie Resources) that is longer than it says, or says more than it is. */
function compressedMovie(saidBytes: number): Buffer {
  const movie = deflateSync(Buffer.alloc(50_000_000), { level: 1 })
  const resource = box('cmov', box('dcom', Buffer.from('zlib')), box('cmvd', numbers(saidBytes), movie))
  return Buffer.concat([box('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')), box('moov', resource)])
}

function nested(type: string, depth: number): Buffer {
  const bytes = Buffer.alloc(depth * 8)
  for (let level = 0; level < depth; level++) {
    bytes.writeUInt32BE((depth - level) * 8, level * 8)
    bytes.write(type, level * 8 + 4, 'latin1')
  }
  return bytes
}

/** Ten thousand times the same track. */
const manyTracks = async (folder: string) =>
  changeBox(await made(folder, mp4), 'moov', (movie) => {
    const start = movie.indexOf('trak') - 4
    const track = movie.subarray(start, start + movie.readUInt32BE(start))
    return Buffer.concat([
      movie.subarray(0, start),
      ...Array<Buffer>(10_000).fill(track),
      movie.subarray(start + track.length),
    ])
  })

const manyChapters = async (folder: string) => {
  const [list, path] = [join(folder, 'chapters'), join(folder, 'made')]
  const chapter = (n: number) =>
    `[CHAPTER]\nTIMEBASE=1/100000\nSTART=${n}\nEND=${n + 1}\ntitle=Chapter ${n}\n`
  await writeFile(list, `;FFMETADATA1\n${Array.from({ length: 100_000 }, (_, n) => chapter(n)).join('')}`)
  await makeMedia(path, [
    '-i',
    list,
    ...audio(),
    '-map',
    '1',
    '-map_chapters',
    '0',
    '-c:a',
    'libopus',
    '-f',
    'matroska',
  ])
  return await readFile(path)
}

const withCover = async (folder: string) =>
  Buffer.concat([
    id3Tag({ tags: [], cover: { bytes: await hugePng(16_000), type: 3 }, chapters: [], durationMs: 0 }),
    await made(folder, mp3),
  ])

const withAttachment = async (folder: string) => {
  const png = join(folder, 'png')
  await writeFile(png, await hugePng(16_000))
  const attached = [
    '-attach',
    png,
    '-metadata:s:t',
    'mimetype=image/png',
    '-metadata:s:t',
    'filename=cover.png',
  ]
  return await made(folder, [...audio(), ...attached, '-c:a', 'libopus', '-f', 'matroska'])
}

/** The picture's size in AVI's header (BITMAPINFOHEADER) becomes another. */
const enlargedVideo = (codec: readonly string[]) => async (folder: string) => {
  const avi = await made(folder, [...picture(), ...audio(), ...codec, '-c:a', 'libmp3lame', '-f', 'avi'])
  const header = avi.indexOf('strf') + 8
  for (const offset of [4, 8]) avi.writeInt32LE(30_000, header + offset)
  return avi
}

const aAudio = 'much of nothing behind an MP3'

/** Zeros behind a file, which take no room on the disk. */
const sparse = (
  name: string,
  expected: Expected,
  megabytes: number,
  options?: readonly string[],
): CorpusFile => ({
  ...writtenFile(name, expected, ''),
  // Each pass over the file takes some seconds to find that there is nothing.
  inShortRun: name !== aAudio,
  async make(folder) {
    const path = join(folder, 'source')
    await writeFile(path, options === undefined ? '' : await made(folder, options))
    await using file = await open(path, 'r+')
    await file.truncate(megabytes * 2 ** 20)
    return path
  },
})

export const bombAttacks = (): CorpusFile[] => [
  writtenFile('a cover of 256 megapixels', tone, withCover),
  writtenFile('an attachment of 256 megapixels', tone, withAttachment),
  writtenFile('a video of 900 megapixels in PNG', tone, enlargedVideo(['-c:v', 'png'])),
  writtenFile('a video of 900 megapixels in MPEG-4', tone, enlargedVideo(['-c:v', 'mpeg4'])),
  writtenFile('a tag of 200 megabytes, compressed', 'any clean outcome', async (folder) =>
    Buffer.concat([compressedTag(200_000_000), await made(folder, mp3)]),
  ),
  writtenFile('a compressed index that is longer than it says', damaged, compressedMovie(1_000)),
  writtenFile('a compressed index that says it is 4 gigabytes long', damaged, compressedMovie(0xffffffff)),
  writtenFile('boxes within boxes', damaged, nested('moov', 100_000)),
  writtenFile('ten thousand tracks', damaged, manyTracks),
  writtenFile('a hundred thousand chapters', 'any clean outcome', manyChapters),
  sparse('a gigabyte of nothing', damaged, 1_024),
  sparse('a gigabyte of nothing behind a video', tone, 1_024, video),
  sparse(aAudio, 'any clean outcome', 400, mp3),
  sparse('nothing behind a TS', 'any clean outcome', 16, [...audio(), '-c:a', 'mp2', '-f', 'mpegts']),
]
