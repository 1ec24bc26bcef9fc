/** Writes a blob so that no byte of it is ever unaccounted for. */
import type { BlobOwner } from '#schema/documents/blob-document.ts'
import type { BlobIntents } from './blob-intents.ts'
import type { BlobStat, BlobStore } from './blob-store.ts'

export interface BlobWriting {
  readonly blobs: Pick<BlobStore, 'write'>
  readonly intents: Pick<BlobIntents, 'record'>
}

export async function writeRegistered(
  { blobs, intents }: BlobWriting,
  { blobId, owner }: { readonly blobId: string; readonly owner: BlobOwner },
  source: () => AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<BlobStat> {
  await intents.record(blobId, owner)
  try {
    return await blobs.write(blobId, source(), signal)
  } finally {
    // Again: a sweep that had no more use for it may have come before the first byte, found none, and dropped the intent.
    await intents.record(blobId, owner)
  }
}
