/** Puts an ID3 tag before an MP3 while it is read: no second copy on the disk, and each frame as it was proven. */
import { createReadStream } from 'node:fs'
import { firstFramePosition } from '#converter/bitstream/read-front.ts'

const chunkBytes = 1024 * 1024

/**
 * The tag, then the file from its first frame on, whatever ID3v2 tag stood before that: ffmpeg puts a small one there, and
 * of two tags in a row most readers skip but the first.
 * @param tag May be of no bytes.
 */
export async function* readTagged(path: string, tag: Buffer): AsyncGenerator<Buffer> {
  const start = await firstFramePosition(path)
  if (tag.length > 0) yield tag
  yield* createReadStream(path, { start, highWaterMark: chunkBytes }) as AsyncIterable<Buffer>
}
