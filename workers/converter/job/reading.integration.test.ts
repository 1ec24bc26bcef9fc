import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import { storedOutputSchema, type StoredOutput } from '#schema/documents/output-options.ts'
import { claim, queuedConversion, after as transitioned } from '#ledger/testing/sample-records.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { createFfmpeg, type FfmpegJob } from '#runtime/ffmpeg/ffmpeg.ts'
import { readingOptions } from '#runtime/ffmpeg/reading-options.ts'
import { makeMedia } from '#test/corpus/made-media.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { untimed } from '#converter/phase-times.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { createMakeMp3s } from './make-mp3s.ts'

const seconds = 3
const { signal } = new AbortController()

interface Order {
  readonly name: string
  readonly codec?: string
  readonly channels?: number
  readonly output?: Partial<StoredOutput>
  readonly change?: (source: ConversionSource) => Partial<ConversionSource>
  /** Of all MP3s. */
  readonly lastsSeconds?: number
}

const chapters = [0, 1, 2].map((second) => ({
  startMs: second * 1_000,
  endMs: (second + 1) * 1_000,
  title: null,
}))
const twice = ({ track }: ConversionSource) => [track, track]

/** Each reads the source in a way of its own. */
const orders: readonly Order[] = [
  { name: 'as it is' },
  { name: 'in eight bytes a sample', codec: 'pcm_f64le' },
  { name: 'passed through', codec: 'libmp3lame', output: { passthrough: true } },
  { name: 'at a loudness', output: { loudness: { targetLufs: -20, maxTruePeakDbtp: -1 } } },
  { name: 'faded out', output: { fadeOutMs: 1_000 } },
  { name: 'split by its chapters', output: { splitByChapters: true }, change: () => ({ chapters }) },
  { name: 'mixed of six channels', channels: 6 },
  {
    name: 'evened out',
    change: ({ track }) => ({
      track: { ...track, timeline: { decodedSamples: seconds * 48_000, runs: [48_000, 2 * 48_000] } },
    }),
    lastsSeconds: seconds + 1,
  },
  {
    name: 'as two sides',
    change: (source) => ({
      track: { ...source.track, channels: 2, channelLayout: 'stereo' },
      joined: { as: 'SIDES', tracks: twice(source) },
    }),
  },
  {
    name: 'as one track after another',
    change: (source) => ({
      joined: {
        as: 'SEQUENCE',
        tracks: twice(source).map((track, index) => ({ ...track, startMs: index * seconds * 1_000 })),
      },
      durationMs: 2 * seconds * 1_000,
      track: { ...source.track, durationMs: 2 * seconds * 1_000 },
    }),
    lastsSeconds: 2 * seconds,
  },
]

describe('a source whose header says less than there is', () => {
  let directory: TemporaryDirectory
  before(async () => {
    directory = await createTemporaryDirectory()
  })
  after(() => directory[Symbol.asyncDispose]())

  /** A WAVE file whose audio is said to be eight bytes long. */
  const sourceFor = async ({ codec = 'pcm_f32le', channels = 1, change }: Order) => {
    const path = join(directory.path, randomUUID())
    const tone = `sine=frequency=500:sample_rate=48000:duration=${seconds}`
    await makeMedia(path, ['-f', 'lavfi', '-i', tone, '-ac', `${channels}`, '-c:a', codec, '-f', 'wav'])
    const media = await probeFile(path, signal)
    await shorten(path)
    const sizeBytes = (await stat(path)).size
    const source: ConversionSource = { ...sourceOf(media), blobId: path, sizeBytes, reading: 'WRONG_SIZE' }
    return { ...source, ...change?.(source) }
  }

  for (const order of orders)
    it(`is read to its end, ${order.name}`, async () => {
      const runs: FfmpegJob[] = []
      const run = createFfmpeg(ffmpegPath)
      const runFfmpeg: typeof run = (job) => {
        if (job.input.endsWith('/source')) runs.push(job)
        return run(job)
      }
      const makeMp3s = createMakeMp3s({
        ...{ blobs: filesAsBlobs, intents: { record: async () => {} } },
        ...{ runFfmpeg, makeMp3: createMakeMp3(runFfmpeg), times: untimed },
        ...{ corePool: createCorePool(1), workDirectory: directory.path },
        disk: { hasRoomFor: async () => true },
      })
      const claimed = transitioned(queuedConversion, claim(0)) as ConversionDocument
      const output = storedOutputSchema.parse({ bitrateKbps: 64, passthrough: false, ...order.output })
      const conversion = { ...claimed, _id: randomUUID(), output, source: await sourceFor(order) }
      const log = pino({ level: 'silent' })
      const { mp3s } = await makeMp3s(conversion, { signal, onProgress() {}, log })
      const madeMs = mp3s.reduce((sum, { durationMs }) => sum + durationMs, 0)
      assert.ok(Math.abs(madeMs - 1_000 * (order.lastsSeconds ?? seconds)) < 100, `${madeMs} ms`)
      assert.ok(runs.length > 0)
      for (const { inputOptions } of runs)
        assert.ok(readingOptions.WRONG_SIZE.every((option) => inputOptions.includes(option)))
    })
})

/** Each blob is the file that its id is the path of; what is written is thrown away. */
const filesAsBlobs: BlobStore = {
  stat: async (path) => ({ sizeBytes: (await stat(path)).size }),
  read: (path, range) => createReadStream(path, range),
  async write(_id, source) {
    let sizeBytes = 0
    for await (const bytes of source) sizeBytes += bytes.length
    return { sizeBytes }
  },
  delete: async () => true,
}

async function shorten(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  const { buffer } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(8)
  await file.write(size, 0, 4, buffer.indexOf('data') + 4)
}
