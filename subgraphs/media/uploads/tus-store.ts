/** The disk as tus sees it: what an upload's document says comes first, and the bytes on the disk second. */
import type { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import { tusRefusal } from '#media/uploads/tus-errors.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'

export interface TusStoreDependencies {
  readonly files: ReceivedFiles
  readonly store: Pick<UploadStore, 'readBySecretHash'>
  readonly uploads: Pick<Uploads, 'terminate'>
}

export function createTusStore({ files, store, uploads }: TusStoreDependencies): FileStore {
  const disk = files.tus
  /** @throws what tus answers with for one that is unknown or over. */
  const read = async (id: string): Promise<UploadDocument> => {
    const upload = await store.readBySecretHash(id)
    if (upload === null) throw ERRORS.FILE_NOT_FOUND
    if (upload.status === 'EXPIRED') throw tusRefusal(new DomainError('UPLOAD_EXPIRED'))
    if (upload.status === 'REJECTED')
      throw tusRefusal(new DomainError('UPLOAD_REJECTED', upload.failure?.message))
    return upload
  }
  const getUpload = async (id: string) => {
    const { status, sizeBytes, createdAt } = await read(id)
    const known = { id, size: sizeBytes, creation_date: createdAt.toISOString() }
    // Its bytes may have moved on; a client whose last reply was lost must learn that they are all in.
    if (status !== 'RECEIVING') return new Upload({ ...known, offset: sizeBytes })
    // A crash may have come between the document and the file.
    await files.create(id)
    return new Upload({ ...known, offset: (await files.sizeOf(id)) ?? 0 })
  }
  return Object.assign(Object.create(disk) as FileStore, {
    getUpload,
    /** A repeated creation keeps the bytes that are there. */
    async create(upload: Upload) {
      const { status } = await read(upload.id)
      if (status === 'RECEIVING') await files.create(upload.id)
      return upload
    },
    async write(...[source, id, offset]: Parameters<FileStore['write']>) {
      const { status } = await read(id)
      // Nothing may touch a file that is being checked.
      return status === 'RECEIVING' ? await disk.write(source, id, offset) : offset
    },
    async remove(id: string) {
      const { status } = await read(id)
      if (status === 'READY') throw ERRORS.INVALID_TERMINATION
      await uploads.terminate(id)
    },
  })
}
