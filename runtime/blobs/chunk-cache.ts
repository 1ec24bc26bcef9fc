/** The chunks that were read last, for all readers of a store together: none of them holds one while its own reader is slow. */
import { LRUCache } from 'lru-cache'
import pLimit from 'p-limit'

export type ReadChunk = (blobId: string, n: number) => Promise<Uint8Array | null>

/** Of 1 MiB each. */
const mostKept = 32
const mostUnderWay = 16

export function createChunkCache(read: ReadChunk): ReadChunk {
  const limit = pLimit(mostUnderWay)
  const kept = new LRUCache<string, Uint8Array>({ max: mostKept })
  const underWay = new Map<string, Promise<Uint8Array | null>>()
  const readOnce = async (key: string, blobId: string, n: number) => {
    try {
      const chunk = await limit(() => read(blobId, n))
      if (chunk) kept.set(key, chunk)
      return chunk
    } finally {
      underWay.delete(key)
    }
  }
  return async (blobId, n) => {
    const key = `${n}/${blobId}`
    const already = kept.get(key) ?? underWay.get(key)
    if (already !== undefined) return await already
    const reading = readOnce(key, blobId, n)
    underWay.set(key, reading)
    return await reading
  }
}
