/** From a source in the blob store to proven MP3s in the blob store: fetch, make, keep. */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConversionDocument, Mp3Document, Progress } from '#schema/documents/conversion-document.ts'
import { outputBlobId } from '#ledger/output-fate.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import type { BlobWriting } from '#runtime/blobs/write-registered.ts'
import { DiskFullError, type DiskSpace } from '#runtime/disk-space.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { EvenAudio } from '#converter/source/even-out.ts'
import { fetchBlob } from '#converter/source/fetch-blob.ts'
import type { StoredMp3 } from '#converter/store/store-mp3.ts'
import type { MadeMp3, MakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createMp3Keeper } from '#converter/store/mp3-keeper.ts'
import { mp3Pieces, type Mp3Piece } from '#converter/plan/mp3-pieces.ts'
import type { CorePool, CoreShare } from '#converter/cores/core-pool.ts'
import { createSegmentProgress } from '#converter/attempts/segments/segment-progress.ts'
import { runTogether } from '#converter/cores/run-together.ts'
import { id3Tag } from '#converter/store/tags/id3-tag.ts'

export interface MakeMp3sDependencies extends BlobWriting {
  readonly blobs: BlobStore
  readonly corePool: CorePool
  readonly makeMp3: MakeMp3
  /** This process's own. */
  readonly workDirectory: string
  readonly disk: DiskSpace
}

export interface MakeOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly log: Logger
}

export type MakeMp3s = (conversion: ConversionDocument, options: MakeOptions) => Promise<Mp3Document[]>

/** @throws DomainError for what the media or its loss is to blame for, DiskFullError. Leaves no file behind. */
export function createMakeMp3s(dependencies: MakeMp3sDependencies): MakeMp3s {
  const { blobs, corePool, workDirectory, disk } = dependencies
  return async (conversion, options) => {
    const { signal } = options
    const folder = join(workDirectory, outputBlobId(conversion._id, conversion.attempt))
    await assureRoom(disk, conversion)
    await mkdir(folder, { recursive: true })
    using share = corePool.join()
    try {
      await fetchBlob(blobs, conversion.source.blobId, join(folder, 'source'), signal)
      const cover = await fetchCover(blobs, conversion, join(folder, 'cover'), signal)
      const pieces = mp3Pieces(conversion)
      const progress = progressOf(pieces, options.onProgress)
      const evenAudio: EvenAudio = { path: join(folder, 'even') }
      const produce = (piece: Mp3Piece, index: number, either: AbortSignal) =>
        produceOne(
          dependencies,
          { conversion, piece, cover, folder, evenAudio, share },
          {
            ...options,
            signal: either,
            onProgress: progress(index),
          },
        )
      return await runTogether(pieces, produce, signal, share.cores)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** 320 kbit/s, twice: a long sound's segments lie beside the MP3 they are joined to. */
const mostOutputBytes = (durationMs: number) => durationMs * 40 * 2

async function assureRoom(disk: DiskSpace, { source }: ConversionDocument): Promise<void> {
  const needed = source.sizeBytes + mostOutputBytes(source.durationMs)
  if (!(await disk.hasRoomFor(needed))) throw new DiskFullError(`no room for ${needed} bytes and the reserve`)
}

async function fetchCover(
  blobs: BlobStore,
  { source, output }: ConversionDocument,
  path: string,
  signal: AbortSignal,
): Promise<Buffer | null> {
  if (output.cover.from === 'NONE') return null
  const picture = output.cover.from === 'UPLOAD' ? output.cover.picture : source.picture
  if (picture === null) return null
  await fetchBlob(blobs, picture.blobId, path, signal)
  return await readFile(path)
}

/** One MP3 reports its own progress; of several, how much of their sound is done. */
function progressOf(pieces: readonly Mp3Piece[], onProgress: (progress: Progress) => void) {
  if (pieces.length === 1) return () => onProgress
  const lengthsMs = pieces.map(({ recipe }) => recipe.lengthMs)
  const all = createSegmentProgress(lengthsMs, onProgress)
  return (index: number) => (progress: Progress) =>
    all.report(index, (progress.percent / 100) * lengthsMs[index]!)
}

interface PieceOrder {
  readonly conversion: ConversionDocument
  readonly piece: Mp3Piece
  readonly cover: Buffer | null
  readonly folder: string
  readonly evenAudio: EvenAudio
  readonly share: CoreShare
}

async function produceOne(
  { makeMp3, ...stores }: MakeMp3sDependencies,
  { conversion, piece, cover, folder, evenAudio, share }: PieceOrder,
  { signal, onProgress, log }: MakeOptions,
): Promise<Mp3Document> {
  const { _id: conversionId, attempt } = conversion
  const { number, recipe, tags, chapters } = piece
  // A folder of its own: segments lie beside the MP3.
  const own = join(folder, String(number))
  await mkdir(own, { recursive: true })
  const outputPath = join(own, 'output.mp3')
  const { passthrough } = conversion.output
  const paths = { sourcePath: join(folder, 'source'), outputPath }
  const tagFor = (durationMs: number) => id3Tag({ tags, cover, chapters, durationMs })
  const blobIdOf = (beginning: number) => outputBlobId(conversionId, attempt, number, beginning)
  const owner = { kind: 'conversion', conversionId, attempt } as const
  await using keeper = createMp3Keeper(stores, { path: outputPath, blobIdOf, owner }, signal)
  const onEncoded = (durationMs: number) => keeper.begin(tagFor(durationMs))
  const made = await makeMp3({
    ...paths,
    ...{ recipe, passthrough, evenAudio, signal, onProgress, onEncoded, share, log },
  })
  const kept = await keeper.finish(tagFor(made.durationMs))
  await rm(own, { recursive: true, force: true })
  log.info({ ...kept, sampleCount: made.sampleCount, encoding: made.encoding, number }, 'MP3 proven and kept')
  return mp3Of(piece, made, kept)
}

function mp3Of(piece: Mp3Piece, made: MadeMp3, kept: StoredMp3): Mp3Document {
  const { durationMs, sampleCount, sampleRateHz, channels, bitrateMode, bitrateKbps, encoding } = made
  return {
    id: kept.blobId,
    filename: piece.filename,
    ...kept,
    ...{ durationMs, sampleCount, sampleRateHz, channels, bitrateMode, bitrateKbps, encoding },
    passthrough: encoding.path === 'PASSTHROUGH',
    chapter: piece.chapter,
    loudness: made.loudness,
  }
}
