/** The SHA-256 of a file, read once from its beginning to its end. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

const chunkBytes = 1024 * 1024

/** @returns lower-case hexadecimal. @throws the signal's reason. */
export async function hashFile(
  path: string,
  onProgress: (doneBytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256')
  let doneBytes = 0
  await pipeline(
    createReadStream(path, { highWaterMark: chunkBytes }),
    async (chunks) => {
      for await (const chunk of chunks as AsyncIterable<Buffer>) {
        hash.update(chunk)
        onProgress((doneBytes += chunk.length))
      }
    },
    { signal },
  )
  return hash.digest('hex')
}
