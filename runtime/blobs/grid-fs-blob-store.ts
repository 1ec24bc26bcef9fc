/**
 * Blobs as GridFS documents (MongoDB's GridFS specification), readable by any driver. Chunks are found by exact
 * `{files_id, n}` alone, which every server looks up by the unique index; GridFS's own sorted cursor is a scan on some.
 */
import { Readable } from 'node:stream'
import { Binary, ObjectId, type Collection, type Db } from 'mongodb'
import type { Asker } from '#runtime/fair-queue.ts'
import type { BlobStore, ByteRange } from './blob-store.ts'
import { createChunkCache } from './chunk-cache.ts'
import { sliceBytes } from './slice-bytes.ts'

/** Larger than GridFS's default of 255 KiB: fewer round trips, and still far below a document's 16 MiB. */
const chunkSizeBytes = 1024 * 1024

/** Chunks on their way at once when writing: bounds memory to a few MiB a stream. */
const window = 4

/** What a reader gets at once: all that one holds that is slow on purpose, and there are many. */
const sliceSizeBytes = 64 * 1024

/** Chunk numbers tried in one round trip when deleting. */
const deleteBatch = 64

const ourselves: Asker = { network: '', addressBlock: '', signal: new AbortController().signal }

interface FileDocument {
  _id: string
  length: number
  chunkSize: number
  uploadDate: Date
  filename: string
}

interface ChunkDocument {
  _id: ObjectId
  files_id: string
  n: number
  data: Binary
}

export interface GridFsBlobStore extends BlobStore {
  /** Makes the index GridFS needs; idempotent. */
  prepare(): Promise<void>
}

export function createGridFsBlobStore(database: Db): GridFsBlobStore {
  const files = database.collection<FileDocument>('fs.files')
  const chunks = database.collection<ChunkDocument>('fs.chunks')
  const readChunk = createChunkCache(async (id, n) => {
    const found = await chunks.findOne({ files_id: id, n })
    return found && found.data.value()
  })
  return {
    async prepare() {
      await chunks.createIndex({ files_id: 1, n: 1 }, { unique: true })
      // For operators: how much came in an hour.
      await files.createIndex({ uploadDate: 1 })
    },
    async write(id, source, signal) {
      const sizeBytes = await writeChunks(chunks, id, source, signal)
      signal?.throwIfAborted()
      await files.insertOne({
        _id: id,
        length: sizeBytes,
        chunkSize: chunkSizeBytes,
        uploadDate: new Date(),
        filename: id,
      })
      return { sizeBytes }
    },
    async stat(id) {
      const file = await files.findOne({ _id: id })
      return file && { sizeBytes: file.length }
    },
    read: (id, range, reader = ourselves) => {
      const read = async (n: number) => await readChunk(id, n, reader)
      return Readable.from(readSlices(read, id, range), { objectMode: false, highWaterMark: 1 })
    },
    async delete(id) {
      // The file first: a blob half deleted must not be found.
      const file = await files.deleteOne({ _id: id })
      const removed = await deleteChunks(chunks, id)
      return file.deletedCount > 0 || removed > 0
    },
  }
}

async function writeChunks(
  chunks: Collection<ChunkDocument>,
  id: string,
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const inFlight: Promise<unknown>[] = []
  let sizeBytes = 0
  let n = 0
  try {
    for await (const data of sliceBytes(source, chunkSizeBytes)) {
      signal?.throwIfAborted()
      sizeBytes += data.length
      const insert = chunks.insertOne({ _id: new ObjectId(), files_id: id, n: n++, data: new Binary(data) })
      insert.catch(() => undefined) // reported where it is awaited
      inFlight.push(insert)
      if (inFlight.length >= window) await inFlight.shift()
    }
  } finally {
    // Nothing may still be on its way when the caller starts to clean up.
    await Promise.allSettled(inFlight)
  }
  await Promise.all(inFlight)
  return sizeBytes
}

type ReadNth = (n: number) => Promise<Uint8Array | null>

async function* readSlices(readChunk: ReadNth, id: string, range: ByteRange): AsyncGenerator<Buffer> {
  for (let start = range.start; start <= range.end;) {
    const slice = await readSlice(readChunk, id, { start, end: range.end })
    start += slice.length
    yield slice
  }
}

/** A copy: with a part of it, or a name for it where a reader waits, the whole chunk would be held. */
async function readSlice(readChunk: ReadNth, id: string, { start, end }: ByteRange): Promise<Buffer> {
  const n = Math.floor(start / chunkSizeBytes)
  const chunk = await readChunk(n)
  const from = start - n * chunkSizeBytes
  if (!chunk || from >= chunk.length) throw new Error(`blob ${id} lacks its chunk ${n}, or a part of it`)
  const to = Math.min(chunk.length, from + sliceSizeBytes, from + end - start + 1)
  const goesOn = start + to - from <= end
  // What fails is told to who reads it.
  if (to === chunk.length && goesOn) readChunk(n + 1).catch(() => undefined)
  return Buffer.from(chunk.subarray(from, to))
}

async function deleteChunks(chunks: Collection<ChunkDocument>, id: string): Promise<number> {
  let removed = 0
  // Chunks are written in order with a small window, so a whole batch of gaps almost always means that there are no more.
  for (let base = 0; ; base += deleteBatch) {
    const operations = Array.from({ length: deleteBatch }, (_, offset) => ({
      deleteOne: { filter: { files_id: id, n: base + offset } },
    }))
    const { deletedCount } = await chunks.bulkWrite(operations, { ordered: false })
    removed += deletedCount
    if (deletedCount === 0) break
  }
  // A deletion that broke off, or a writer that goes on after one, can leave chunks behind a whole batch of gaps. To find
  // those by the blob's id alone is a scan on some servers, so it is left to the deletion that finds no other chunk.
  return removed > 0 ? removed : (await chunks.deleteMany({ files_id: id })).deletedCount
}
