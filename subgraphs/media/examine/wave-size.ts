/**
 * Whether a WAVE file holds more audio than its header says: a recorder that crashed has left the size it began with, and sizes of
 * 32 bits begin anew beyond 4 GiB.
 */
import { open, type FileHandle } from 'node:fs/promises'

interface Chunk {
  readonly id: string
  readonly sizeBytes: number
  /** Of what is in it. */
  readonly offset: number
}

/** More than recorders put in front of the audio. */
const mostChunks = 1_000
const headerBytes = 8
/** All bits set: the size is not known, or stands elsewhere (EBU Tech 3306). Demuxers then read to the file's end. */
const unknownSize = 0xff_ff_ff_ff

export async function holdsMoreThanItSays(path: string): Promise<boolean> {
  await using file = await open(path)
  const { size } = await file.stat()
  const form = await read(file, 0, 12)
  if (form === null || form.toString('latin1', 8, 12) !== 'WAVE') return false
  let largeBytes: number | null = null
  let at = 12
  for (let count = 0; count < mostChunks; count++) {
    const chunk = await chunkAt(file, at)
    if (chunk === null) return false
    if (chunk.id === 'ds64') largeBytes = await dataBytesOf(file, chunk)
    if (chunk.id === 'data') {
      const isElsewhere = chunk.sizeBytes === unknownSize
      if (chunk.sizeBytes === 0 || (isElsewhere && largeBytes === null)) return false
      const end = chunk.offset + (isElsewhere ? largeBytes! : chunk.sizeBytes)
      return end < size && !(await areChunks(file, end, size))
    }
    at = afterChunk(chunk)
  }
  return false
}

/** Chunks begin at even bytes. */
const afterChunk = ({ offset, sizeBytes }: Chunk): number => offset + sizeBytes + (sizeBytes % 2)

async function chunkAt(file: FileHandle, at: number): Promise<Chunk | null> {
  const header = await read(file, at, headerBytes)
  if (header === null) return null
  const [id, sizeBytes] = [header.toString('latin1', 0, 4), header.readUInt32LE(4)]
  return { id, sizeBytes, offset: at + headerBytes }
}

async function dataBytesOf(file: FileHandle, { offset }: Chunk): Promise<number | null> {
  const sizes = await read(file, offset, 16)
  return sizes && Number(sizes.readBigUInt64LE(8))
}

/** Whether what follows the audio is chunks to the file's end, or padding: it is no audio. */
async function areChunks(file: FileHandle, end: number, size: number): Promise<boolean> {
  let at = end + (end % 2)
  for (let count = 0; count < mostChunks; count++) {
    if (size - at < headerBytes) return true
    const chunk = await chunkAt(file, at)
    if (chunk === null || !/^[\x20-\x7e]{4}$/.test(chunk.id) || chunk.offset + chunk.sizeBytes > size + 1)
      break
    at = afterChunk(chunk)
  }
  return await isZero(file, at, size)
}

/** Some writers end a file with a block of zeros. Audio may begin with silence, which goes on being more than that. */
const mostPaddingBytes = 64 * 1024

async function isZero(file: FileHandle, at: number, size: number): Promise<boolean> {
  if (size - at > mostPaddingBytes) return false
  const rest = await read(file, at, size - at)
  return rest !== null && rest.every((byte) => byte === 0)
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return bytesRead === length ? buffer : null
}
