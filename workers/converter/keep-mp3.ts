/** Puts a finished MP3 into the blob store, behind its ID3 tag. */
import { createHash } from 'node:crypto'
import type { BlobOwner } from '#schema/documents/blob-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { readTagged } from './tags/read-tagged.ts'

export interface KeptMp3 {
  readonly sizeBytes: number
  /** In hexadecimal, of what was kept. */
  readonly sha256: string
}

export interface KeepMp3Dependencies {
  readonly blobs: Pick<BlobStore, 'write'>
  readonly intents: Pick<BlobIntents, 'record'>
}

export async function keepMp3(
  { blobs, intents }: KeepMp3Dependencies,
  { path, tag, blobId, owner }: { path: string; tag: Buffer; blobId: string; owner: BlobOwner },
  signal: AbortSignal,
): Promise<KeptMp3> {
  // Before the first byte, so that none is ever unaccounted for.
  await intents.record(blobId, owner)
  const hash = createHash('sha256')
  const hashed = async function* () {
    for await (const bytes of readTagged(path, tag)) {
      hash.update(bytes)
      yield bytes
    }
  }
  const { sizeBytes } = await blobs.write(blobId, hashed(), signal)
  return { sizeBytes, sha256: hash.digest('hex') }
}
