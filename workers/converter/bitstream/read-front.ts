/** Reads what stands before an MP3's frames: an ID3v2 tag, if there is one, and the frame that holds the Xing/LAME tag. */
import { open } from 'node:fs/promises'
import { id3v2Bytes, readXingTag, type XingTag } from './xing-tag.ts'

export interface Mp3Front {
  readonly tag: XingTag
  /** Of the file, to the end of the tag's frame. */
  readonly bytes: Buffer
}

/** Longer than the longest frame. */
const tagFrameRoom = 4096
/** Covers are smaller by far. */
const longestId3Bytes = 64 * 1024 * 1024

/** @returns null where the first frame holds no complete tag, or the ID3v2 tag states a length that is too long to be true. */
export async function readFront(path: string): Promise<Mp3Front | null> {
  const position = await firstFramePosition(path)
  if (position > longestId3Bytes) return null
  const bytes = await readHead(path, position + tagFrameRoom)
  const tag = readXingTag(bytes)
  return tag && { tag, bytes: bytes.subarray(0, tag.position + tag.frameBytes) }
}

/** Where the first frame begins: after an ID3v2 tag, by the length that it states. */
export const firstFramePosition = async (path: string): Promise<number> =>
  id3v2Bytes(await readHead(path, 10))

/** As much of it as there is. */
async function readHead(path: string, length: number): Promise<Buffer> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
  return buffer.subarray(0, bytesRead)
}
