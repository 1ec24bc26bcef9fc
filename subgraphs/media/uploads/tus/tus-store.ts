/** The disk as tus sees it: what an upload's document says comes first, and the bytes on the disk second. */
import type { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { ReceivedFiles } from './received-files.ts'
import { tusRefusal } from './tus-errors.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'

export interface TusStoreDependencies {
  readonly files: ReceivedFiles
  readonly store: Pick<UploadStore, 'readBySecretHash'>
  readonly uploads: Pick<Uploads, 'terminate'>
  readonly replica: number
}

export function createTusStore({ files, store, uploads, replica }: TusStoreDependencies): FileStore {
  const disk = files.tus
  /** Whether its file is to be on this disk. */
  const hasFileHere = (upload: UploadDocument) => upload.status === 'UPLOADING' && upload.replica === replica
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
    const upload = await read(id)
    const { status, sizeBytes: size, receivedBytes, createdAt } = upload
    // Its bytes may have moved on; a client whose last reply was lost must learn that they are all in.
    if (status !== 'UPLOADING') return new Upload({ id, size, offset: size })
    // A crash may have come between the document and the file.
    if (hasFileHere(upload)) await files.create(id)
    const offset = (await files.sizeOf(id)) ?? receivedBytes
    return new Upload({ id, size, offset, creation_date: createdAt.toISOString() })
  }
  return Object.assign(Object.create(disk) as FileStore, {
    getUpload,
    /** A repeated creation keeps the bytes that are there. */
    async create(upload: Upload) {
      if (hasFileHere(await read(upload.id))) await files.create(upload.id)
      return upload
    },
    async write(...[source, id, offset]: Parameters<FileStore['write']>) {
      const upload = await read(id)
      if (upload.replica !== replica) throw ERRORS.FILE_NOT_FOUND
      // Nothing may touch a file that is being checked.
      return upload.status === 'UPLOADING' ? await disk.write(source, id, offset) : offset
    },
    async remove(id: string) {
      const { status } = await read(id)
      if (status === 'READY') throw ERRORS.INVALID_TERMINATION
      await uploads.terminate(id)
    },
  })
}
