/** Matroska with more chapters than a player shows (RFC 9559, section 5.1.7): ffmpeg writes one edition, and none within another. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { h264, makeMedia, picture } from '#test/corpus/made-media.ts'
import type { HardFile } from './hard-file.ts'
import { timedTones } from './timed-tones.ts'

const seconds = 4

const element = (id: string, ...content: readonly Buffer[]): Buffer => {
  const bytes = Buffer.concat(content)
  return Buffer.concat([Buffer.from(id, 'hex'), sizeOf(bytes.length), bytes])
}
/** In eight bytes (RFC 8794, section 4). */
const sizeOf = (length: number): Buffer =>
  Buffer.from((2n ** 56n + BigInt(length)).toString(16).padStart(16, '0'), 'hex')
const number = (id: string, value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return element(id, bytes)
}

interface Atom {
  readonly from: number
  readonly to: number
  readonly title: string
  readonly flags?: 'hidden' | 'disabled'
  readonly within?: readonly Atom[]
}

let uid = 0
const atom = ({ from, to, title, flags, within = [] }: Atom): Buffer =>
  element(
    'b6',
    number('73c4', (uid += 1)),
    number('91', from * 1e9),
    number('92', to * 1e9),
    number('98', flags === 'hidden' ? 1 : 0),
    number('4598', flags === 'disabled' ? 0 : 1),
    element('80', element('85', Buffer.from(title)), element('437c', Buffer.from('eng'))),
    ...within.map(atom),
  )
const edition = (isDefault: boolean, ...atoms: readonly Atom[]): Buffer =>
  element('45b9', number('45db', isDefault ? 1 : 0), ...atoms.map(atom))

/** In the place that was left for an index. */
async function withChapters(path: string, ...editions: readonly Buffer[]): Promise<string> {
  const bytes = await readFile(path)
  const chapters = element('1043a770', ...editions)
  const room = Buffer.from('ec01000000', 'hex')
  const at = bytes.lastIndexOf(room, bytes.indexOf(Buffer.from('1f43b675', 'hex')))
  const end = at + 9 + Number(bytes.readBigUInt64BE(at + 1) - 2n ** 56n)
  const left = Buffer.concat([Buffer.from('ec', 'hex'), sizeOf(end - at - chapters.length - 9)])
  chapters.copy(bytes, at)
  left.copy(bytes, at + chapters.length)
  await writeFile(path, bytes)
  return path
}

const chaptered = (
  name: string,
  editions: readonly Buffer[],
  expected: readonly Atom[],
  inShortRun = false,
): HardFile => ({
  kind: 'chapters that are not shown, or within others',
  name,
  inShortRun,
  expected: {
    warnings: [],
    mp3s: [
      {
        seconds,
        chapters: expected.map(({ from, to, title }) => ({
          startMs: from * 1_000,
          endMs: to * 1_000,
          title,
        })),
      },
    ],
  },
  async make(folder) {
    const tones = timedTones({ seconds, channels: 2, layout: 'stereo' })
    const room = ['-c:a', 'aac', '-b:a', '128k', '-reserve_index_space', '8000', '-f', 'matroska']
    const path = await makeMedia(join(folder, 'source'), [...picture(seconds), ...tones, ...h264, ...room])
    return await withChapters(path, ...editions)
  },
})

const [one, two] = [
  { from: 0, to: 2, title: 'One' },
  { from: 2, to: 4, title: 'Two' },
]
const other = { from: 0, to: 4, title: 'Of another edition' }
const parts = [
  { from: 2, to: 3, title: 'Two, part one' },
  { from: 3, to: 4, title: 'Two, part two' },
]

export const matroskaChapters = (): HardFile[] => [
  chaptered(
    'the second edition is the default',
    [edition(false, other), edition(true, one, two)],
    [one, two],
    true,
  ),
  chaptered('no edition is the default', [edition(false, one, two), edition(false, other)], [one, two]),
  chaptered(
    'hidden and disabled',
    [
      edition(
        true,
        one,
        { ...other, from: 1, flags: 'hidden' },
        { ...other, from: 1.5, flags: 'disabled' },
        two,
      ),
    ],
    [one, two],
  ),
  chaptered('within others', [edition(true, one, { ...two, within: parts })], [one, two, ...parts], true),
  chaptered(
    'within a hidden one',
    [edition(true, one, two, { ...other, flags: 'hidden', within: parts })],
    [one, two],
  ),
]
