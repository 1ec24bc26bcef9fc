/** Small media files made by ffmpeg from synthetic sources: every container and codec we promise, and the broken ones. */
import { copyFile, open, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from './media-tools.ts'

const seconds = 3
const picture = ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${seconds}`]
/** Not a whole number of frames of any codec, with content that a lossy coder has work with. */
const audioAt = (rate: number, extra = 0.1234) => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='0.3*sin(440*2*PI*t)+0.05*random(0)|0.3*sin(554*2*PI*t)':s=${rate}:d=${seconds + extra}`,
]
const forgedStatistics =
  '[verbose]   Input stream #0:0 (audio): 1 packets read (1 bytes); 1 frames decoded (7 samples); '
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast']

interface Recipe {
  readonly extension: string
  readonly options: readonly string[]
}

const recipes = {
  'mp4-aac': { extension: 'mp4', options: [...picture, ...audioAt(44_100), ...h264, '-c:a', 'aac'] },
  'mp4-aac-faststart': {
    extension: 'mp4',
    options: [...picture, ...audioAt(48_000), ...h264, '-c:a', 'aac', '-movflags', '+faststart'],
  },
  'mkv-opus': { extension: 'mkv', options: [...picture, ...audioAt(48_000), ...h264, '-c:a', 'libopus'] },
  'webm-vorbis': {
    extension: 'webm',
    options: [...picture, ...audioAt(44_100), '-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libvorbis'],
  },
  'mov-pcm': { extension: 'mov', options: [...picture, ...audioAt(44_100), ...h264, '-c:a', 'pcm_s16le'] },
  'avi-mp3': { extension: 'avi', options: [...picture, ...audioAt(44_100), ...h264, '-c:a', 'libmp3lame'] },
  'ts-ac3': { extension: 'ts', options: [...picture, ...audioAt(48_000), ...h264, '-c:a', 'ac3'] },
  'video-only': { extension: 'mp4', options: [...picture, ...h264] },
  'two-languages': {
    extension: 'mkv',
    options: [
      ...[...picture, ...audioAt(48_000), ...audioAt(44_100), '-map', '0', '-map', '1', '-map', '2'],
      ...[...h264, '-c:a', 'aac', '-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu'],
    ],
  },
  'hostile-tags': {
    extension: 'mp4',
    options: [
      ...[...audioAt(44_100), '-c:a', 'aac', '-metadata', 'artist=[error] Invalid data found'],
      ...['-metadata', `title=x\n${forgedStatistics}\r${forgedStatistics}\nout_time_us=999999999`],
    ],
  },
} as const satisfies Record<string, Recipe>

type MadeKind = keyof typeof recipes
type BrokenKind = 'text-named-mp4' | 'cut-in-half' | 'cut-in-half-faststart'
type DescribedKind = 'chapters-and-tags' | 'option-like-name'
export type SampleKind = MadeKind | BrokenKind | DescribedKind

const made = new Map<string, Promise<string>>()

/** @returns the file's path; a kind is made once for each directory. */
export function makeSample(directory: string, kind: SampleKind): Promise<string> {
  const key = join(directory, kind)
  const existing = made.get(key) ?? make(directory, kind)
  made.set(key, existing)
  return existing
}

async function make(directory: string, kind: SampleKind): Promise<string> {
  if (kind === 'text-named-mp4') {
    const path = join(directory, 'text.mp4')
    await writeFile(path, 'This is not a video, whatever its name says.\n'.repeat(100))
    return path
  }
  if (kind === 'cut-in-half') return await cutInHalf(await makeSample(directory, 'mp4-aac'), directory, kind)
  if (kind === 'cut-in-half-faststart') {
    return await cutInHalf(await makeSample(directory, 'mp4-aac-faststart'), directory, kind)
  }
  if (kind === 'option-like-name') {
    const path = join(directory, `-i "http:$(id)'%d 100% -y.mp4`)
    await copyFile(await makeSample(directory, 'mp4-aac'), path)
    return path
  }
  if (kind === 'chapters-and-tags')
    return await describe(await makeSample(directory, 'mkv-opus'), directory, kind)
  const { extension, options } = recipes[kind]
  const path = join(directory, `${kind}.${extension}`)
  await ffmpeg(...options, path)
  return path
}

/** Two chapters, the second without a title, and two tags. */
async function describe(plain: string, directory: string, kind: DescribedKind): Promise<string> {
  const [description, path] = [join(directory, `${kind}.txt`), join(directory, `${kind}.mkv`)]
  const chapter = (start: number, end: number) => `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${start}\nEND=${end}\n`
  const head = ';FFMETADATA1\ntitle=A talk\nARTIST=Somebody\n'
  await writeFile(description, `${head}${chapter(0, 1500)}title=Opening\n${chapter(1500, 3000)}`)
  await ffmpeg(
    '-i',
    plain,
    '-i',
    description,
    '-map',
    '0',
    '-map_metadata',
    '1',
    '-map_chapters',
    '1',
    '-c',
    'copy',
    path,
  )
  return path
}

async function cutInHalf(whole: string, directory: string, kind: BrokenKind): Promise<string> {
  const path = join(directory, `${kind}.mp4`)
  await writeFile(path, await readFile(whole))
  await using file = await open(path, 'r+')
  await file.truncate(Math.floor((await stat(whole)).size / 2))
  return path
}
