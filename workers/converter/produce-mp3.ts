/** From a source in the blob store to a proven MP3 in the blob store: fetch, encode, verify, keep. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ConversionDocument, Mp3Document, Progress } from '#schema/documents/conversion-document.ts'
import { outputBlobId } from '#ledger/output-fate.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { DiskFullError, type DiskSpace } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { CorePool } from './parallel/core-pool.ts'
import type { EncodeParallel, ParallelEncodeResult } from './parallel/encode-parallel.ts'
import type { VerifiedMp3, VerifyMp3 } from './verify-mp3.ts'

export interface ProduceMp3Dependencies {
  readonly blobs: BlobStore
  readonly intents: Pick<BlobIntents, 'record'>
  readonly corePool: CorePool
  readonly encode: EncodeParallel
  readonly verifyMp3: VerifyMp3
  /** This process's own. */
  readonly workDirectory: string
  readonly disk: DiskSpace
}

export interface ProduceOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly log: Logger
}

export type ProduceMp3 = (conversion: ConversionDocument, options: ProduceOptions) => Promise<Mp3Document>

/** @throws DomainError for what the media or its loss is to blame for, DiskFullError. Leaves no file behind. */
export function createProduceMp3({
  blobs,
  intents,
  corePool,
  encode,
  verifyMp3,
  workDirectory,
  disk,
}: ProduceMp3Dependencies): ProduceMp3 {
  return async (conversion, { signal, onProgress, log }) => {
    const { source, output } = conversion
    const blobId = outputBlobId(conversion._id, conversion.attempt)
    const folder = join(workDirectory, blobId)
    const [sourcePath, outputPath] = [join(folder, 'source'), join(folder, 'output.mp3')]
    await assureRoom(disk, conversion)
    await mkdir(folder, { recursive: true })
    using share = corePool.join()
    try {
      await fetchBlob(blobs, source.blobId, sourcePath, signal)
      const encoded = await encode({ sourcePath, outputPath, source, output, signal, onProgress, share, log })
      const verified = await verifyMp3(outputPath, source, encoded, signal, share)
      await intents.record(blobId, {
        kind: 'conversion',
        conversionId: conversion._id,
        attempt: conversion.attempt,
      })
      const sha256 = await keepFile(blobs, blobId, outputPath, signal)
      log.info(
        {
          sizeBytes: verified.sizeBytes,
          sampleCount: verified.sampleCount,
          sha256,
          path: encoded.path,
          identical: encoded.identical,
        },
        'MP3 proven and kept',
      )
      return mp3Of(conversion, blobId, verified, sha256, encodingOf(encoded))
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

async function fetchBlob(blobs: BlobStore, blobId: string, path: string, signal: AbortSignal): Promise<void> {
  const found = await blobs.stat(blobId)
  if (found === null) throw new DomainError('SOURCE_GONE')
  await pipeline(blobs.read(blobId, { start: 0, end: found.sizeBytes - 1 }), createWriteStream(path), {
    signal,
  })
}

/** @returns the SHA-256 in hexadecimal of what was kept. */
async function keepFile(
  blobs: BlobStore,
  blobId: string,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256')
  const hashed = async function* () {
    for await (const bytes of createReadStream(path, {
      highWaterMark: 1024 * 1024,
    }) as AsyncIterable<Buffer>) {
      hash.update(bytes)
      yield bytes
    }
  }
  await blobs.write(blobId, hashed(), signal)
  return hash.digest('hex')
}

function mp3Of(
  { source, output }: ConversionDocument,
  blobId: string,
  verified: VerifiedMp3,
  sha256: string,
  encoding: Mp3Document['encoding'],
): Mp3Document {
  return {
    id: blobId,
    blobId,
    filename: `${parse(source.filename).name || 'audio'}.mp3`,
    sizeBytes: verified.sizeBytes,
    durationMs: verified.durationMs,
    sampleCount: verified.sampleCount,
    sampleRateHz: verified.sampleRateHz,
    channels: verified.channels,
    bitrateMode: output.bitrateMode,
    bitrateKbps:
      output.bitrateMode === 'CBR'
        ? Math.min(output.bitrateKbps, mostBitrateKbps(verified.sampleRateHz))
        : verified.averageBitrateKbps,
    sha256,
    encoding,
    passthrough: false,
    chapter: null,
    loudness: null,
  }
}

const paths = {
  'parallel-seek': 'PARALLEL_SEEK',
  'parallel-skip': 'PARALLEL_SKIP',
  single: 'SINGLE',
} as const

const encodingOf = ({ path, identical }: ParallelEncodeResult): Mp3Document['encoding'] => ({
  path: paths[path],
  identicalToSingleEncoder: identical === 'proven',
})

/** What layer III knows at a sample rate; LAME takes the most there is for more (ISO 11172-3, 13818-3; MPEG-2.5 by LAME). */
function mostBitrateKbps(sampleRateHz: number): number {
  if (sampleRateHz >= 32_000) return 320
  return sampleRateHz >= 16_000 ? 160 : 64
}
