/** Reads the chunks of a WAVE file (RIFF: an id of four letters, a size of 32 bits, and that many bytes). */
import type { FileHandle } from 'node:fs/promises'

export interface Chunk {
  readonly id: string
  readonly sizeBytes: number
  /** Of what is in it. */
  readonly offset: number
}

/** More than recorders put in front of the audio, or behind it. */
export const mostChunks = 1_000

const headerBytes = 8

/** Chunks begin at even bytes. */
export const afterChunk = ({ offset, sizeBytes }: Chunk): number => offset + sizeBytes + (sizeBytes % 2)

/** @returns null at the file's end. */
export async function chunkAt(file: FileHandle, at: number): Promise<Chunk | null> {
  const header = await readAt(file, at, headerBytes)
  if (header === null) return null
  const [id, sizeBytes] = [header.toString('latin1', 0, 4), header.readUInt32LE(4)]
  return { id, sizeBytes, offset: at + headerBytes }
}

/** @returns null where the file ends before. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return bytesRead === length ? buffer : null
}
