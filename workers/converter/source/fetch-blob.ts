/** Brings a blob to the work folder. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { DomainError } from '#runtime/domain-error.ts'

/** Nobody's to write: ffmpeg, which may write into the folder, is to find it as it came. */
const mode = 0o400

/** @throws DomainError SOURCE_EXPIRED when there is no such blob. */
export async function fetchBlob(
  blobs: Pick<BlobStore, 'stat' | 'read'>,
  blobId: string,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const found = await blobs.stat(blobId)
  if (found === null) throw new DomainError('SOURCE_EXPIRED')
  const bytes = blobs.read(blobId, { start: 0, end: found.sizeBytes - 1 })
  await pipeline(bytes, createWriteStream(path, { mode }), { signal })
}
