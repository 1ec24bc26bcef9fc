/** Files of BSON documents one behind the other, as mongodump writes them: bsondump and mongorestore read them too. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export interface BsonFileSummary {
  readonly documents: number
  readonly sizeBytes: number
  readonly sha256: string
}

export interface BsonFileWriter extends AsyncDisposable {
  write(document: Uint8Array): Promise<void>
  /** Resolves when all of it is on the disk. */
  end(): Promise<BsonFileSummary>
}

const bufferedBytes = 1024 * 1024

/** A new file, for nobody else to read. */
export async function createBsonFile(path: string): Promise<BsonFileWriter> {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let [documents, sizeBytes] = [0, 0]
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  const flush = async () => {
    const bytes = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    hash.update(bytes)
    await file.writeFile(bytes)
  }
  return {
    async write(document) {
      documents += 1
      sizeBytes += document.length
      waitingBytes += document.length
      // A copy: what the driver hands out is part of a larger buffer.
      waiting.push(Uint8Array.from(document))
      if (waitingBytes >= bufferedBytes) await flush()
    },
    async end() {
      await flush()
      await file.sync()
      return { documents, sizeBytes, sha256: hash.digest('hex') }
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}

/** Each document's bytes, in their order; one is held in memory at a time. @throws Error where the file ends within one. */
export async function* readBsonFile(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const bytes of createReadStream(path, {
    highWaterMark: bufferedBytes,
  }) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    // A document begins with its length in bytes, that included (bsonspec.org).
    for (let size = sizeOf(rest); size !== undefined && size <= rest.length; size = sizeOf(rest)) {
      if (size < smallestDocumentBytes) throw new Error(`${path} holds something other than BSON documents`)
      yield rest.subarray(0, size)
      rest = rest.subarray(size)
    }
  }
  if (rest.length > 0) throw new Error(`${path} ends within a document`)
}

const smallestDocumentBytes = 5
const sizeOf = (bytes: Buffer) => (bytes.length < 4 ? undefined : bytes.readInt32LE(0))
