import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import { storedOutputSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import { claim, queuedConversion, after as transitioned } from '#ledger/testing/sample-records.ts'
import { createBlobIntents, type BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { createGridFsBlobStore, type GridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { blobBytes } from '#runtime/blobs/testing/blob-bytes.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createMakeMp3, type MakeMp3 } from '#converter/attempts/make-mp3.ts'
import { untimed } from '#converter/phase-times.ts'
import { proveWhileStoring } from '#converter/store/prove-while-storing.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { createMakeMp3s, type MakeOptions } from './make-mp3s.ts'

const runFfmpeg = createFfmpeg(ffmpegPath)
const makeMp3 = createMakeMp3(runFfmpeg)
const jpeg = Buffer.from('ffd8ffe000104a46494600ffd9', 'hex')

describe('what a conversion produces', () => {
  const owned = new AsyncDisposableStack()
  const { database } = owned.use(createTestDatabase())
  let blobs: GridFsBlobStore
  let intents: BlobIntents
  let workDirectory: string
  let conversion: ConversionDocument
  before(async () => {
    blobs = createGridFsBlobStore(database)
    intents = createBlobIntents(database, pino({ level: 'silent' }))
    await Promise.all([blobs.prepare(), intents.prepare()])
    workDirectory = owned.use(await createTemporaryDirectory()).path
    const samples = owned.use(await createTemporaryDirectory()).path
    conversion = await conversionOf(await makeSample(samples, 'chapters-and-tags'))
  })
  after(() => owned.disposeAsync())

  async function conversionOf(path: string): Promise<ConversionDocument> {
    const { signal } = new AbortController()
    const media = await probeFile(path, signal)
    await blobs.write('the-source', createReadStream(path))
    await blobs.write('the-cover', [jpeg] as unknown as AsyncIterable<Uint8Array>)
    const source: ConversionSource = {
      ...sourceOf(media),
      blobId: 'the-source',
      filename: 'talk.mkv',
      sizeBytes: (await stat(path)).size,
      chapters: media.chapters,
      tags: media.tags,
      cover: { blobId: 'the-cover', mimeType: 'image/jpeg', type: 3, sizeBytes: jpeg.length },
    }
    return transitioned({ ...queuedConversion, source }, claim(0)) as ConversionDocument
  }

  interface Wish {
    readonly options?: Partial<OutputOptions>
    readonly make?: MakeMp3
    readonly hasRoom?: boolean
    readonly change?: Partial<ConversionDocument['source']>
    readonly told?: Partial<MakeOptions>
    readonly write?: GridFsBlobStore['write']
  }
  const produce = async ({ options, make = makeMp3, hasRoom = true, change, told, write }: Wish) => {
    const disk = { hasRoomFor: async () => hasRoom } as never
    const corePool = createCorePool(2)
    const makeMp3s = createMakeMp3s({
      intents,
      corePool,
      makeMp3: make,
      runFfmpeg,
      workDirectory,
      disk,
      times: untimed,
      blobs: { ...blobs, ...(write && { write }) },
    })
    const output = storedOutputSchema.parse({ bitrateKbps: 64, passthrough: false, ...options })
    const ordered = { ...conversion, _id: randomUUID(), output, source: { ...conversion.source, ...change } }
    const { signal } = new AbortController()
    const { mp3s } = await makeMp3s(ordered, {
      signal,
      onProgress() {},
      log: pino({ level: 'silent' }),
      ...told,
    })
    return mp3s
  }
  const kept = (blobId: string) => blobBytes(blobs, blobId)

  it('is an MP3 under its attempt’s id, with its tag and cover, and nothing stays in the work folder', async () => {
    const [mp3, ...others] = await produce({})
    assert.deepEqual(others, [])
    assert.match(mp3!.blobId, /\.1$/)
    const bytes = await kept(mp3!.blobId)
    assert.deepEqual(
      [bytes.length, createHash('sha256').update(bytes).digest('hex')],
      [mp3!.sizeBytes, mp3!.sha256],
    )
    assert.equal(bytes.toString('latin1', 0, 3), 'ID3')
    for (const part of [jpeg, Buffer.from('A talk', 'utf16le'), Buffer.from('Opening', 'utf16le')])
      assert.ok(bytes.includes(part))
    assert.deepEqual(await readdir(workDirectory), [])
  })

  it('has no cover and no tags where none are wanted', async () => {
    const [mp3] = await produce({
      options: { tags: { keep: false, set: [] } },
      change: { cover: null, chapters: [] },
    })
    const bytes = await kept(mp3!.blobId)
    assert.notEqual(bytes.toString('latin1', 0, 3), 'ID3')
    assert.ok(!bytes.includes(jpeg))
  })

  it('is one MP3 a chapter, each with an intent of its own, and progress that never falls', async () => {
    const percents: number[] = []
    const onProgress: MakeOptions['onProgress'] = ({ percent }) => void percents.push(percent)
    const mp3s = await produce({ options: { splitByChapters: true }, told: { onProgress } })
    assert.deepEqual(
      mp3s.map(({ blobId }) => blobId.replace(/^[^.]*/, '')),
      ['.1', '.1.2'],
    )
    assert.equal(new Set(mp3s.map(({ sha256 }) => sha256)).size, 2)
    const recorded = (await Array.fromAsync(intents.open())).map(({ _id }) => _id)
    for (const { blobId } of mp3s) assert.ok(recorded.includes(blobId))
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
  })

  it('is nothing when one of several fails: the others are ended, and the folder is emptied', async () => {
    const ended: boolean[] = []
    const firstStarted = Promise.withResolvers<void>()
    const make: MakeMp3 = async (job) => {
      if (job.recipe.startSample > 0) {
        await firstStarted.promise
        throw new Error('the second fails')
      }
      const aborted = once(job.signal, 'abort')
      firstStarted.resolve()
      await aborted
      ended.push(true)
      throw job.signal.reason
    }
    await assert.rejects(produce({ options: { splitByChapters: true }, make }), /the second fails/)
    assert.deepEqual(ended, [true])
    assert.deepEqual(await readdir(workDirectory), [])
  })

  it('is being stored while it is being proven, and no longer once that has failed', async () => {
    const log: string[] = []
    const begun = Promise.withResolvers<void>()
    const write: GridFsBlobStore['write'] = async (_id, _source, given) => {
      begun.resolve()
      await once(given!, 'abort')
      await nextTurn()
      log.push('no longer being stored')
      throw given!.reason
    }
    const make: MakeMp3 = async (job) => {
      const prove = async () => {
        await begun.promise
        throw new Error('no proof')
      }
      await proveWhileStoring({ durationMs: 1_000, prove }, job.storing, job.signal)
      return assert.fail('it was proven')
    }
    await assert.rejects(produce({ make, write }), /no proof/)
    assert.deepEqual(log, ['no longer being stored'])
  })

  it('is nothing without its source, or without room for it', async () => {
    await assert.rejects(produce({ change: { blobId: 'gone' } }), { code: 'SOURCE_EXPIRED' })
    await assert.rejects(produce({ hasRoom: false }), /no room/)
    assert.deepEqual(await readdir(workDirectory), [])
  })
})
