/** Files of which a part is to be heard: an edit list says from where on, to the sample, whatever lies before it. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WarningCode } from '#schema/documents/warning.ts'
import { makeMedia } from '#test/corpus/made-media.ts'
import { changeBox, numbers } from '#test/corpus/mp4-boxes.ts'
import type { HardFile, Heard } from './hard-file.ts'
import { samplePath } from '#test/corpus/sample-files.ts'
import { timedTones } from './timed-tones.ts'

interface Edit {
  readonly seconds: number
  /** Of the track's samples the first that is heard; null: nothing is. */
  readonly from: number | null
}

/** ISO 14496-12, 8.6.6: an entry is its length in the movie's unit, its beginning in the track's, and its speed. */
const withEdits = (bytes: Buffer, edits: readonly Edit[]): Buffer =>
  changeBox(bytes, 'moov/trak/edts/elst', () => {
    const entries = edits.map(({ seconds, from }) => numbers(seconds * 1000, from ?? -1, 0x1_00_00))
    return Buffer.concat([numbers(0, edits.length), ...entries])
  })

/** The track counts time in half samples: of ffmpeg's skipping, a sample is a unit (5.1). */
const inHalfSamples = (bytes: Buffer): Buffer => {
  const finer = changeBox(bytes, 'moov/trak/mdia/mdhd', (content) => {
    const [unit, length] = [content.readUInt32BE(12), content.readUInt32BE(16)]
    return Buffer.concat([content.subarray(0, 12), numbers(unit * 2, length * 2), content.subarray(20)])
  })
  // How many packets are how long, by twos.
  return changeBox(finer, 'moov/trak/mdia/minf/stbl/stts', (content) => {
    const fields = Array.from({ length: content.length / 4 }, (_, index) => content.readUInt32BE(index * 4))
    return numbers(...fields.map((field, index) => (index > 2 && index % 2 === 1 ? field * 2 : field)))
  })
}

interface EditedFile {
  readonly name: string
  readonly container: 'mp4' | 'mov'
  readonly codec: readonly string[]
  readonly edits: readonly Edit[]
  readonly seconds: number
  readonly heard: readonly Heard[]
  readonly further?: (bytes: Buffer) => Buffer
}

const sampleRateHz = 48_000

const editedFile = ({ name, container, codec, edits, seconds, heard, further }: EditedFile): HardFile => ({
  kind: 'an edit list that begins in the middle',
  name,
  inShortRun: further !== undefined || container === 'mov',
  order: { bitrateKbps: 32 },
  expected: { warnings: [], mp3s: [{ seconds, heard }] },
  async make(folder) {
    const tones = timedTones({ seconds: 8, sampleRateHz })
    const path = await makeMedia(join(folder, 'source'), [...tones, ...codec, '-f', container])
    const edited = withEdits(await readFile(path), edits)
    await writeFile(path, further?.(edited) ?? edited)
    return path
  },
})

/** Neither where a packet begins nor where a second does. */
const middle = 3 * sampleRateHz + 500

/** Of the encoder and of its SBR, in the sample of version 1. */
const primingSamples = 5_058

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
  editedFile({
    name: 'AAC in MP4, 3 s of it left out, in another unit of time',
    container: 'mp4',
    codec: ['-c:a', 'aac'],
    edits: [{ seconds: 4, from: 2 * middle }],
    further: inHalfSamples,
    seconds: 4,
    heard: [{ from: 0, to: 4, tones: [{ second: 3 }] }],
  }),
  editedFile({
    name: 'AAC in fragmented MP4, 3 s of it left out',
    container: 'mp4',
    codec: ['-c:a', 'aac', '-movflags', 'frag_keyframe+delay_moov'],
    edits: [{ seconds: 0, from: middle }],
    seconds: 5,
    heard: [{ from: 0, to: 4, tones: [{ second: 3 }] }],
  }),
  editedFile({
    name: 'AAC in MP4, two parts of it',
    container: 'mp4',
    codec: ['-c:a', 'aac'],
    edits: [
      { seconds: 2, from: 1024 + sampleRateHz },
      { seconds: 2, from: middle + 2 * sampleRateHz },
    ],
    seconds: 4,
    heard: [
      { from: 0, to: 2, tones: [{ second: 1 }] },
      { from: 2, to: 4, tones: [{ second: 5 }] },
    ],
  }),
  onset({ name: 'HE-AAC in MP4', seconds: 2.2, beginsSeconds: 0.5 }),
  onset({
    name: 'HE-AAC with parametric stereo in MP4',
    sample: 'he-aac-v2-onset.m4a',
    seconds: 2.2,
    beginsSeconds: 0.5,
    // Its 20 kbit/s are fewer than an MP3 of its rate has.
    warnings: ['BITRATE_ABOVE_SOURCE'],
  }),
  onset({
    name: 'HE-AAC in MP4, two parts of it',
    edits: [
      { seconds: 0.3, from: primingSamples },
      // Of a second part ffmpeg begins with a whole packet, which is of 2,048 samples here.
      { seconds: 1, from: 11 * 2_048 },
    ],
    seconds: 1.3,
    beginsSeconds: 0.404,
  }),
]

/** The track counts time at the full rate, and its core has half of that: ffmpeg would leave out twice its priming (5.1). */
function onset({
  name,
  sample = 'he-aac-v1-onset.m4a',
  edits,
  warnings = [],
  ...heard
}: {
  readonly name: string
  readonly sample?: string
  readonly edits?: readonly Edit[]
  readonly seconds: number
  readonly beginsSeconds: number
  readonly warnings?: readonly WarningCode[]
}): HardFile {
  return {
    kind: 'an encoder that begins before the audio',
    name,
    inShortRun: sample.includes('v1'),
    order: { bitrateKbps: 32 },
    expected: { warnings, mp3s: [heard] },
    async make(folder) {
      const [path, bytes] = [join(folder, 'source'), await readFile(samplePath(sample))]
      await writeFile(path, edits === undefined ? bytes : withEdits(bytes, edits))
      return path
    },
  }
}
