/**
 * Whether a WAVE file holds more audio than its header says: a recorder that crashed has left the size it began with, and sizes of
 * 32 bits begin anew beyond 4 GiB.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { afterChunk, chunkAt, mostChunks, readAt, type Chunk } from './wave-chunks.ts'
import { isNoAudio } from './wave-tail.ts'

/** All bits set: the size is not known, or stands elsewhere (EBU Tech 3306). Demuxers then read to the file's end. */
const unknownSize = 0xff_ff_ff_ff

export async function holdsMoreThanItSays(path: string): Promise<boolean> {
  await using file = await open(path)
  const { size } = await file.stat()
  const form = await readAt(file, 0, 12)
  if (form === null || form.toString('latin1', 8, 12) !== 'WAVE') return false
  let largeBytes: number | null = null
  let bytesPerSecond = Infinity
  let at = 12
  for (let count = 0; count < mostChunks; count++) {
    const chunk = await chunkAt(file, at)
    if (chunk === null) return false
    if (chunk.id === 'ds64') largeBytes = await dataBytesOf(file, chunk)
    if (chunk.id === 'fmt ') bytesPerSecond = await bytesPerSecondOf(file, chunk)
    if (chunk.id === 'data') {
      const isElsewhere = chunk.sizeBytes === unknownSize
      if (chunk.sizeBytes === 0 || (isElsewhere && largeBytes === null)) return false
      const stated = isElsewhere ? largeBytes! : chunk.sizeBytes
      const end = chunk.offset + stated
      const isLong = size - end > Math.min(stated, bytesPerSecond)
      return isLong && !(await isNoAudio(file, end, size))
    }
    at = afterChunk(chunk)
  }
  return false
}

async function dataBytesOf(file: FileHandle, { offset }: Chunk): Promise<number | null> {
  const sizes = await readAt(file, offset, 16)
  return sizes && Number(sizes.readBigUInt64LE(8))
}

async function bytesPerSecondOf(file: FileHandle, { offset }: Chunk): Promise<number> {
  const format = await readAt(file, offset, 12)
  return format?.readUInt32LE(8) || Infinity
}
