/** A blob's bytes, as tests look at them. */
import { buffer } from 'node:stream/consumers'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'

/** @throws Error where there is no such blob. */
export async function blobBytes(blobs: Pick<BlobStore, 'stat' | 'read'>, blobId: string): Promise<Buffer> {
  const found = await blobs.stat(blobId)
  if (found === null) throw new Error(`there is no blob ${blobId}`)
  return await buffer(blobs.read(blobId, { start: 0, end: found.sizeBytes - 1 }))
}
