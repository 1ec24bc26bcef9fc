/** Where media stores bytes, the register of what was begun there, and who wants nothing of it removed for now. */
import type { Db } from 'mongodb'
import { createBlobHolds, type BlobHolds } from '#runtime/blobs/blob-holds.ts'
import { createBlobIntents, type BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { countBlobBytes } from '#runtime/blobs/count-blob-bytes.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import type { MediaScope } from '#media/media-settings.ts'
import { watchBlobs } from './blob-metrics.ts'

export interface Blobs {
  readonly blobs: BlobStore
  readonly intents: BlobIntents
  readonly holds: BlobHolds
}

export async function startBlobs({ log, signal, metrics }: MediaScope, database: Db): Promise<Blobs> {
  const blobs = countBlobBytes(createGridFsBlobStore(database), metrics)
  const intents = createBlobIntents(database, log)
  for (const { prepare } of [blobs, intents])
    await retryForever('preparing the collections of blobs', prepare, log, signal)
  watchBlobs(metrics, database)
  return { blobs, intents, holds: createBlobHolds(database) }
}
