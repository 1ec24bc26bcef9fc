/** Files of which a part is to be heard: an edit list says from where on, to the sample, whatever lies before it. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeMedia } from '#test/corpus/made-media.ts'
import { changeBox, numbers } from '#test/corpus/mp4-boxes.ts'
import type { HardFile, Heard } from './hard-file.ts'
import { timedTones } from './timed-tones.ts'

interface Edit {
  readonly seconds: number
  /** Of the track's samples the first that is heard; null: nothing is. */
  readonly from: number | null
}

/** ISO 14496-12, 8.6.6: an entry is its length in the movie's unit, its beginning in the track's, and its speed. */
export const withEdits = (bytes: Buffer, edits: readonly Edit[]): Buffer =>
  changeBox(bytes, 'moov/trak/edts/elst', () => {
    const entries = edits.map(({ seconds, from }) => numbers(seconds * 1000, from ?? -1, 0x1_00_00))
    return Buffer.concat([numbers(0, edits.length), ...entries])
  })

interface EditedFile {
  readonly name: string
  readonly container: 'mp4' | 'mov'
  readonly codec: readonly string[]
  readonly edits: readonly Edit[]
  readonly seconds: number
  readonly heard: readonly Heard[]
}

const sampleRateHz = 48_000

const editedFile = ({ name, container, codec, edits, seconds, heard }: EditedFile): HardFile => ({
  kind: 'an edit list that begins in the middle',
  name,
  inShortRun: true,
  order: { bitrateKbps: 32 },
  expected: { warnings: [], mp3s: [{ seconds, heard }] },
  async make(folder) {
    const tones = timedTones({ seconds: 8, sampleRateHz })
    const path = await makeMedia(join(folder, 'source'), [...tones, ...codec, '-f', container])
    await writeFile(path, withEdits(await readFile(path), edits))
    return path
  },
})

/** Neither where a packet begins nor where a second does. */
const middle = 3 * sampleRateHz + 500

export const editFiles = (): HardFile[] => [
  ...(['mp4', 'mov'] as const).map((container) =>
    editedFile({
      name: `${container === 'mp4' ? 'AAC in MP4' : 'PCM in MOV'}, 3 s of it left out`,
      container,
      codec: ['-c:a', container === 'mp4' ? 'aac' : 'pcm_s16le'],
      edits: [{ seconds: 4, from: middle }],
      seconds: 4,
      heard: [{ from: 0, to: 4, tones: [{ second: 3 }] }],
    }),
  ),
  editedFile({
    name: 'AAC in MP4, 3 s of it left out, and later than the file',
    container: 'mp4',
    codec: ['-c:a', 'aac'],
    edits: [
      { seconds: 0.5, from: null },
      { seconds: 4, from: middle },
    ],
    seconds: 4,
    heard: [{ from: 0, to: 4, tones: [{ second: 3 }] }],
  }),
]
