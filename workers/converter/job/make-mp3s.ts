/** All MP3s of a conversion, from its source in the blob store to the blob store: fetched, made, proven, stored. */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ConversionDocument, Progress } from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { Warning } from '#schema/documents/warning.ts'
import { outputBlobId } from '#ledger/output-fate.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import type { BlobWriting } from '#runtime/blobs/write-registered.ts'
import { DiskFullError, type DiskSpace } from '#runtime/disk-space.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createMeasurePeak, type MeasurePeak } from '#converter/loudness/measure-peak.ts'
import { measureMix, type MixToMeasure } from '#converter/loudness/mix-peaks.ts'
import { createEvenOut, type EvenOut, type UnevenTrack } from '#converter/source/even-out.ts'
import { joinTracks } from '#converter/source/join-tracks.ts'
import { createSharedDecode } from '#converter/source/shared-decode.ts'
import { fetchBlob } from '#converter/source/fetch-blob.ts'
import { mp3Of } from './mp3-of.ts'
import { storeMp3 } from '#converter/store/store-mp3.ts'
import type { Storing } from '#converter/store/prove-while-storing.ts'
import type { MakeMp3 } from '#converter/attempts/make-mp3.ts'
import { mp3Pieces, type Mp3Piece } from '#converter/plan/mp3-pieces.ts'
import type { CorePool } from '#converter/cores/core-pool.ts'
import { createSegmentProgress } from '#converter/attempts/segments/segment-progress.ts'
import { runTogether } from '#runtime/process/run-together.ts'
import type { PhaseTimes } from '#converter/phase-times.ts'
import { id3Tag, type Id3Content } from '#converter/store/tags/id3-tag.ts'

export interface MakeMp3sDependencies extends BlobWriting {
  readonly blobs: BlobStore
  readonly corePool: CorePool
  readonly runFfmpeg: RunFfmpeg
  readonly makeMp3: MakeMp3
  /** This process's own. */
  readonly workDirectory: string
  readonly disk: DiskSpace
  readonly times: PhaseTimes
}

export interface MakeOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly log: Logger
}

export interface MadeMp3s {
  readonly mp3s: readonly Mp3Document[]
  readonly warnings: readonly Warning[]
}

export type MakeMp3s = (conversion: ConversionDocument, options: MakeOptions) => Promise<MadeMp3s>

/** @throws DomainError for what the media or its loss is to blame for, DiskFullError. Leaves no file behind. */
export function createMakeMp3s(dependencies: MakeMp3sDependencies): MakeMp3s {
  const { blobs, corePool, makeMp3, runFfmpeg, workDirectory, disk, times } = dependencies
  const measurePeak = createMeasurePeak(runFfmpeg)
  return async (ordered, { signal, onProgress, log }) => {
    const folder = join(workDirectory, outputBlobId(ordered._id, ordered.attempt))
    await assureRoom(disk, ordered)
    await mkdir(folder, { recursive: true })
    using share = corePool.join()
    try {
      const fetchedPath = join(folder, 'source')
      const { blobId, sizeBytes } = ordered.source
      await times.run('fetch the source', { attributes: { 'earshot.source.bytes': sizeBytes } }, () =>
        fetchBlob(blobs, blobId, fetchedPath, signal),
      )
      times.fetched(sizeBytes)
      const { source, sourcePath } = await joinTracks(
        { runFfmpeg, disk },
        {
          source: ordered.source,
          sourcePath: fetchedPath,
          joinedPath: join(folder, 'joined'),
          share,
          signal,
        },
      )
      const conversion = { ...ordered, source }
      const cover = await fetchCover(blobs, conversion, join(folder, 'cover'), signal)
      const evenOut = createEvenOut({ runFfmpeg, disk }, { sourcePath, evenPath: join(folder, 'even') })
      const { passthrough } = conversion.output
      const common = { passthrough, share, log }
      const pieces = await piecesOf(conversion, { measurePeak, sourcePath, share, signal, log })
      const heard = await asHeard(evenOut, { sourcePath, pieces, share, signal })
      const shared = createSharedDecode({ runFfmpeg, disk }, { ...heard, folder, share, log })
      const progress = progressOf(pieces, onProgress)
      const makeOne = async (piece: Mp3Piece, index: number, either: AbortSignal) => {
        const outputPath = outputPathOf(folder, piece)
        await mkdir(dirname(outputPath), { recursive: true })
        const storing = storingOf(dependencies, piece, { conversion, cover, folder })
        // Tags that cannot be written are found before anything is encoded.
        storing.tagOf(piece.recipe.lengthMs)
        const own = { outputPath, storing, signal: either, onProgress: progress(index) }
        const made = await makeMp3({
          ...common,
          ...(await shared.sourceOf(index, either)),
          // Always of the source itself.
          evenOut: (uneven) => evenOut({ ...uneven, recipe: piece.recipe }),
          ...own,
        })
        await shared.made(index)
        await rm(dirname(outputPath), { recursive: true, force: true })
        const { stored, sampleCount } = made
        const identical = made.encoding.identicalToSingleEncoder && !heard.isEven
        const encoding = { ...made.encoding, identicalToSingleEncoder: identical }
        log.info({ ...stored, sampleCount, encoding, number: piece.number }, 'an MP3 was proven and stored')
        return { mp3: mp3Of(piece, { ...made, encoding }), warnings: made.warnings }
      }
      const made = await runTogether(pieces, makeOne, signal, share.cores)
      return { mp3s: made.map(({ mp3 }) => mp3), warnings: made.flatMap(({ warnings }) => warnings) }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function piecesOf(
  conversion: ConversionDocument,
  { measurePeak, ...source }: Omit<MixToMeasure, 'recipe'> & { readonly measurePeak: MeasurePeak },
): Promise<Mp3Piece[]> {
  const pieces = mp3Pieces(conversion)
  const mixPeakDbtp = await measureMix(measurePeak, { ...source, recipe: pieces[0]!.recipe })
  return pieces.map((piece) => ({ ...piece, recipe: { ...piece.recipe, mixPeakDbtp } }))
}

/** What all pieces are made of: of audio that has a timeline, the even track. */
async function asHeard(
  evenOut: EvenOut,
  {
    sourcePath,
    pieces,
    ...work
  }: { sourcePath: string; pieces: readonly Mp3Piece[] } & Omit<UnevenTrack, 'recipe' | 'fillsGaps'>,
) {
  const recipes = pieces.map(({ recipe }) => recipe)
  if (recipes.every(({ track }) => track.timeline === null)) return { sourcePath, recipes, isEven: false }
  const even = await Promise.all(recipes.map((recipe) => evenOut({ ...work, recipe, fillsGaps: false })))
  return { sourcePath: even[0]!.sourcePath, recipes: even.map(({ recipe }) => recipe), isEven: true }
}

/** 320 kbit/s, twice: a long MP3's segments lie beside the MP3 they are joined to. */
const mostOutputBytes = (durationMs: number) => durationMs * 40 * 2

async function assureRoom(disk: DiskSpace, { source }: ConversionDocument): Promise<void> {
  const needed = source.sizeBytes + mostOutputBytes(source.durationMs)
  if (!(await disk.hasRoomFor(needed))) throw new DiskFullError(`no room for ${needed} bytes and the reserve`)
}

async function fetchCover(
  blobs: BlobStore,
  { source: { cover } }: ConversionDocument,
  path: string,
  signal: AbortSignal,
): Promise<Id3Content['cover']> {
  if (cover === null) return null
  await fetchBlob(blobs, cover.blobId, path, signal)
  return { bytes: await readFile(path), type: cover.type }
}

/** One MP3 reports its own progress; of several, how much of their audio is done. */
function progressOf(pieces: readonly Mp3Piece[], onProgress: (progress: Progress) => void) {
  if (pieces.length === 1) return () => onProgress
  const lengthsMs = pieces.map(({ recipe }) => recipe.lengthMs)
  const all = createSegmentProgress(lengthsMs, onProgress)
  return (index: number) => (progress: Progress) =>
    all.report(index, (progress.percent / 100) * lengthsMs[index]!)
}

interface Conversion {
  readonly conversion: ConversionDocument
  readonly cover: Id3Content['cover']
  readonly folder: string
}

/** Each time an MP3 is stored it is under an id of its own: nothing is written over, and none waits for another to end. */
function storingOf(
  { times, ...stores }: BlobWriting & Pick<MakeMp3sDependencies, 'times'>,
  piece: Mp3Piece,
  { conversion, cover, folder }: Conversion,
): Storing {
  const { _id: conversionId, attempt } = conversion
  const { number, tags, chapters } = piece
  const path = outputPathOf(folder, piece)
  const owner = { kind: 'conversion', conversionId, attempt } as const
  let beginnings = 0
  return {
    tagOf: (durationMs) => id3Tag({ tags, cover, chapters, durationMs }),
    store: async (tag, signal) => {
      const blobId = outputBlobId(conversionId, attempt, number, ++beginnings)
      return await times.run('store', {}, () => storeMp3(stores, { path, tag, blobId, owner }, signal))
    },
  }
}

/** In a folder of its own: segments lie beside the MP3. */
const outputPathOf = (folder: string, { number }: Mp3Piece) => join(folder, String(number), 'output.mp3')
