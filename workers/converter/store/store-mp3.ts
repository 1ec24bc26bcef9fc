/** Puts a finished MP3 into the blob store, behind its ID3 tag. */
import { createHash } from 'node:crypto'
import type { BlobOwner } from '#schema/documents/blob-document.ts'
import { writeRegistered, type BlobWriting } from '#runtime/blobs/write-registered.ts'
import { readTagged } from '#converter/store/tags/read-tagged.ts'

export interface StoredMp3 {
  readonly blobId: string
  readonly sizeBytes: number
  /** In hexadecimal, of what was kept. */
  readonly sha256: string
}

export async function storeMp3(
  stores: BlobWriting,
  { path, tag, blobId, owner }: { path: string; tag: Buffer; blobId: string; owner: BlobOwner },
  signal: AbortSignal,
): Promise<StoredMp3> {
  const hash = createHash('sha256')
  const hashed = async function* () {
    for await (const bytes of readTagged(path, tag)) {
      hash.update(bytes)
      yield bytes
    }
  }
  const { sizeBytes } = await writeRegistered(stores, { blobId, owner }, hashed, signal)
  return { blobId, sizeBytes, sha256: hash.digest('hex') }
}
