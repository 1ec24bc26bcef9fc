/** Copies the files (GridFS) that the copied documents name, with their chunks and registrations. */
import { BSON, type Binary, type Db } from 'mongodb'
import { readBsonFile, type BsonFileWriter } from './bson-file.ts'
import { bsonPath } from './manifest.ts'

/** In the order they are read: what registers a file is restored after it. */
export const fileCollections = ['blobs', 'fs.files', 'fs.chunks'] as const

type Writers = ReadonlyMap<string, Pick<BsonFileWriter, 'write'>>

interface StoredFile {
  readonly _id: string
  readonly length: number
  readonly chunkSize: number
}

/**
 * By the documents in the backup itself, so that memory does not grow with their number. Chunks are found by their exact keys,
 * as the blob store does it.
 * @returns the ids of files that the database lacks, or has a part of.
 */
export async function copyFiles(database: Db, folder: string, writers: Writers): Promise<string[]> {
  const missing: string[] = []
  for await (const blobId of namedFiles(folder)) {
    if (!(await copyFile(database, blobId, writers))) missing.push(blobId)
  }
  return missing
}

/** Each once: a source or picture by its READY upload, an MP3 by its conversion. Nobody relies on what others name. */
async function* namedFiles(folder: string): AsyncGenerator<string> {
  for await (const bytes of existing(bsonPath(folder, 'uploads'))) {
    const { status, blobId, picture } = BSON.deserialize(bytes) as NamingUpload
    if (status !== 'READY') continue
    if (blobId !== null) yield blobId
    if (picture !== null) yield picture.blobId
  }
  for await (const bytes of existing(bsonPath(folder, 'conversions'))) {
    const { mp3s = [] } = BSON.deserialize(bytes) as NamingConversion
    for (const { blobId } of mp3s) yield blobId
  }
}

interface NamingUpload {
  readonly status: string
  readonly blobId: string | null
  readonly picture: { readonly blobId: string } | null
}

/** A deleted one has no MP3s any more. */
interface NamingConversion {
  readonly mp3s?: readonly { readonly blobId: string }[]
}

async function* existing(path: string): AsyncGenerator<Buffer> {
  try {
    yield* readBsonFile(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

async function copyFile(database: Db, blobId: string, writers: Writers): Promise<boolean> {
  const raw = { raw: true } as const
  const files = database.collection<StoredFile>('fs.files')
  const chunks = database.collection<{ files_id: string; n: number; data: Binary }>('fs.chunks')
  const file = (await files.findOne({ _id: blobId }, raw)) as Uint8Array | null
  if (file === null) return false
  const { length, chunkSize } = BSON.deserialize(file) as StoredFile
  for (let n = 0; n < Math.ceil(length / chunkSize); n++) {
    const chunk = (await chunks.findOne({ files_id: blobId, n }, raw)) as Uint8Array | null
    // What was copied of it is of no use, and does no harm: nothing names it as whole.
    if (chunk === null) return false
    await writers.get('fs.chunks')!.write(chunk)
  }
  await writers.get('fs.files')!.write(file)
  const intent = (await database
    .collection<{ _id: string }>('blobs')
    .findOne({ _id: blobId }, raw)) as Uint8Array | null
  if (intent !== null) await writers.get('blobs')!.write(intent)
  return true
}
