/** The blobs of an upload: its source and its cover, written together or not at all. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import type { Fate } from '#runtime/blobs/collector.ts'
import { writeRegistered } from '#runtime/blobs/write-registered.ts'
import type { Findings } from '#media/examine/examine-upload.ts'

/** What an upload's document says of its blobs. */
export type UploadBlobs = Pick<UploadDocument, 'blobId' | 'stored' | 'picture'>

export const blobIdsOf = ({ blobId, picture }: Pick<UploadBlobs, 'blobId' | 'picture'>): string[] =>
  [blobId, picture?.blobId].filter((id) => typeof id === 'string')

/** What has become of a blob that was written for an upload. */
export function fateOfUploadBlob(upload: UploadDocument | null, blobId: string): Fate {
  switch (upload?.status) {
    case 'UPLOADING':
    case 'VALIDATING':
      return 'undecided'
    case 'READY':
      return blobIdsOf(upload).includes(blobId) ? 'kept' : 'garbage'
    case 'REJECTED':
    case 'EXPIRED':
    case undefined:
      return 'garbage'
  }
}

export interface UploadBlobWriter {
  /** When it fails, nothing of it is left. */
  write(uploadId: string, findings: Findings, signal: AbortSignal): Promise<UploadBlobs>
  /** The upload's document names them: the collector passes them over from now on. */
  confirm(blobs: UploadBlobs): Promise<void>
  /** No document names them, and none ever will. */
  discard(blobs: UploadBlobs): Promise<void>
}

export interface UploadBlobWriterDependencies {
  readonly blobs: Pick<BlobStore, 'write' | 'delete'>
  readonly intents: Pick<BlobIntents, 'record' | 'keep'>
}

export function createUploadBlobWriter({ blobs, intents }: UploadBlobWriterDependencies): UploadBlobWriter {
  const discard = async (blobIds: readonly string[]) => {
    // What is not removed now is the collector's.
    for (const blobId of blobIds) await blobs.delete(blobId).catch(() => false)
  }
  return {
    async write(uploadId, { source, picture }, signal) {
      const begun: string[] = []
      const write = async (path: string) => {
        // A fresh id for each try: what a broken-off one left behind is in nobody's way.
        const blobId = `${uploadId}.${randomUUID()}`
        begun.push(blobId)
        const owner = { kind: 'upload', uploadId } as const
        const bytes = () => createReadStream(path, { highWaterMark: 1024 * 1024 })
        await writeRegistered({ blobs, intents }, { blobId, owner }, bytes, signal)
        return blobId
      }
      try {
        const blobId = source && (await write(source.path))
        return { blobId, stored: source && storedOf(source), picture: await pictureOf(picture, write) }
      } catch (error) {
        // The next try writes under other ids: on a full store each would leave less room to the one after it.
        await discard(begun)
        throw error
      }
    },
    async confirm(written) {
      for (const blobId of blobIdsOf(written)) await intents.keep(blobId)
    },
    discard: (written) => discard(blobIdsOf(written)),
  }
}

const storedOf = ({ form, sizeBytes, container }: NonNullable<Findings['source']>) => ({
  form,
  sizeBytes,
  container,
})

async function pictureOf(picture: Findings['picture'], write: (path: string) => Promise<string>) {
  if (picture === null) return null
  const { path, ...shown } = picture
  return { ...shown, blobId: await write(path) }
}
