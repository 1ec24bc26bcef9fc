/** The blobs of an upload: its source and its cover, written together or not at all. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { ReadyUpload, StoredPicture, UploadDocument } from '#schema/documents/upload-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import type { Fate } from '#runtime/blobs/collector.ts'
import { writeRegistered } from '#runtime/blobs/write-registered.ts'
import type { Findings } from '#media/examine/examine-upload.ts'
import type { PictureFile } from '#media/examine/measure-picture.ts'

/** What the document of a READY upload says of its content. */
export type UploadContent =
  | Pick<ReadyUpload<'SOURCE'>, ContentField>
  | Pick<ReadyUpload<'COVER'>, ContentField>

type ContentField = 'purpose' | 'media' | 'blobId' | 'stored' | 'picture'

export const blobIdsOf = ({ blobId, picture }: Pick<UploadDocument, 'blobId' | 'picture'>): string[] =>
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
  write(uploadId: string, findings: Findings, signal: AbortSignal): Promise<UploadContent>
  /** The upload's document names them: the collector passes them over from now on. */
  confirm(content: UploadContent): Promise<void>
  /** No document names them, and none ever will. */
  discard(content: UploadContent): Promise<void>
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
    async write(uploadId, findings, signal) {
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
        return await contentOf(findings, write)
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

type Write = (path: string) => Promise<string>

async function contentOf(findings: Findings, write: Write): Promise<UploadContent> {
  const nothing = { media: null, blobId: null, stored: null }
  if (findings.purpose === 'COVER')
    return { ...nothing, purpose: 'COVER', picture: await pictureOf(findings.picture, write) }
  const { media, source, picture } = findings
  const { path, ...stored } = source
  const blobId = await write(path)
  return {
    purpose: 'SOURCE',
    media,
    blobId,
    stored,
    picture: picture && (await pictureOf(picture, write)),
  }
}

async function pictureOf({ path, ...shown }: PictureFile, write: Write): Promise<StoredPicture> {
  return { ...shown, blobId: await write(path) }
}
