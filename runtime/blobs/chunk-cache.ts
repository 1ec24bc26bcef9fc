/**
 * The chunks that were read last, for all readers of a store together: none of them holds one while its own reader is slow. They
 * are handed out a few at each turn of the event loop, by turns of where their readers come from, so that many fast readers
 * delay nothing else; for who has gone none is read.
 */
import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { createFairQueue, type Asker } from '#runtime/fair-queue.ts'
import { DomainError } from '#runtime/domain-error.ts'

export type FetchChunk = (blobId: string, n: number) => Promise<Uint8Array | null>

/** @throws The signal's reason. */
export type ReadChunk = (blobId: string, n: number, reader: Asker) => Promise<Uint8Array | null>

/** Of 1 MiB each. */
const mostKept = 32
const mostAtOnce = 4

export function createChunkCache(fetchChunk: FetchChunk): ReadChunk {
  const inTurn = createFairQueue({
    mostAtOnce,
    // A reader waits for one chunk, or the next: their own number bounds this one.
    mostWaiting: Number.POSITIVE_INFINITY,
    tooMany: () => new DomainError('SERVICE_UNAVAILABLE'),
  })
  const kept = new LRUCache<string, Uint8Array>({ max: mostKept })
  const underWay = new Map<string, Promise<Uint8Array | null>>()
  const fetchOnce = (key: string, blobId: string, n: number) => {
    const fetching = fetchChunk(blobId, n)
      .then((chunk) => {
        if (chunk) kept.set(key, chunk)
        return chunk
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, fetching)
    return fetching
  }
  return async (blobId, n, reader) =>
    await inTurn(reader, async () => {
      const key = `${n}/${blobId}`
      const chunk = await (kept.get(key) ?? underWay.get(key) ?? fetchOnce(key, blobId, n))
      await nextTurnOfTheLoop()
      return chunk
    })
}
