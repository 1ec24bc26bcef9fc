/** Uploads as tus sees them: what an upload's document says comes first, and the bytes on the disk second. */
import { FileStore } from '@tus/file-store'
import { Upload } from '@tus/server'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { uploadLifetimeMs, type ReceivedFiles } from '#media/uploads/received-files.ts'
import type { UploadMetrics } from '#media/uploads/upload-metrics.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'

export interface UploadDataStoreDependencies {
  readonly files: ReceivedFiles
  readonly uploadStore: Pick<UploadStore, 'readBySecretHash'>
  readonly uploads: Pick<Uploads, 'terminate'>
  readonly replica: number
  readonly metrics: Pick<UploadMetrics, 'received'>
}

/** An id here is the hash of an upload's secret, which names its file. What the library would note beside that file stands in the document. */
export class UploadDataStore extends FileStore {
  readonly #dependencies: UploadDataStoreDependencies

  constructor(dependencies: UploadDataStoreDependencies) {
    super({ directory: dependencies.files.directory, expirationPeriodInMilliseconds: uploadLifetimeMs })
    // An upload has its size from the start: room is promised for it.
    this.extensions = this.extensions.filter((name) => name !== 'creation-defer-length')
    this.#dependencies = dependencies
  }

  override async getUpload(id: string): Promise<Upload> {
    const { files } = this.#dependencies
    const upload = await this.#read(id)
    const { status, sizeBytes: size, receivedBytes, createdAt } = upload
    // Its bytes may have moved on; a client whose last reply was lost must learn that they are all in.
    const metadata = metadataOf(upload)
    if (status !== 'UPLOADING') return new Upload({ id, size, offset: size, metadata })
    // A crash may have come between the document and the file.
    if (this.#hasFileHere(upload)) await files.create(id)
    const offset = (await files.sizeOf(id)) ?? receivedBytes
    return new Upload({ id, size, offset, metadata, creation_date: createdAt.toISOString() })
  }

  /** A repeated creation keeps the bytes that are there. */
  override async create(upload: Upload): Promise<Upload> {
    if (this.#hasFileHere(await this.#read(upload.id))) await this.#dependencies.files.create(upload.id)
    return upload
  }

  override async write(...[bytes, id, offset]: Parameters<FileStore['write']>): Promise<number> {
    const upload = await this.#read(id)
    if (upload.replica !== this.#dependencies.replica) throw new DomainError('NOT_FOUND')
    // Nothing may touch a file that is being validated.
    if (upload.status !== 'UPLOADING') return offset
    const { files, metrics } = this.#dependencies
    try {
      return await super.write(bytes, id, offset)
    } finally {
      // Of what breaks off, as far as it came.
      metrics.received(((await files.sizeOf(id)) ?? offset) - offset)
    }
  }

  override async remove(id: string): Promise<void> {
    const { status } = await this.#read(id)
    if (status === 'READY')
      throw new DomainError('BAD_REQUEST', 'An upload that is READY cannot be given up.')
    await this.#dependencies.uploads.terminate(id)
  }

  /** @throws DomainError NOT_FOUND, UPLOAD_EXPIRED, UPLOAD_REJECTED. */
  async #read(id: string): Promise<UploadDocument> {
    const upload = await this.#dependencies.uploadStore.readBySecretHash(id)
    if (upload === null) throw new DomainError('NOT_FOUND')
    if (upload.status === 'EXPIRED') throw new DomainError('UPLOAD_EXPIRED')
    if (upload.status === 'REJECTED') throw new DomainError('UPLOAD_REJECTED', upload.failure.message)
    return upload
  }

  /** Whether its file is to be on this disk. */
  #hasFileHere(upload: UploadDocument): boolean {
    return upload.status === 'UPLOADING' && upload.replica === this.#dependencies.replica
  }
}

/** What was said of the file when its upload was created, as far as it was kept. */
const metadataOf = ({ filename, sha256, purpose, coverFrameMs }: UploadDocument): Record<string, string> => ({
  filename,
  ...(sha256 !== null && { sha256 }),
  purpose,
  ...(coverFrameMs !== null && { coverFrameMs: String(coverFrameMs) }),
})
