/**
 * Work that is done for few at once: who waits comes by turns of networks, and within each of the blocks of addresses in it. In
 * a full queue the network that has most waiting makes room, so that to keep others out takes as many networks as there are places.
 */
import type { DomainError } from './domain-error.ts'
import { createWaitingPlaces, type Origin } from './waiting-places.ts'

export interface Asker extends Origin {
  /** Nothing is done for who has gone. */
  readonly signal: AbortSignal
}

export interface FairQueueLimits {
  readonly mostAtOnce: number
  readonly mostWaiting: number
  /** What is thrown past that. */
  readonly tooMany: () => DomainError
}

/** @throws What `tooMany` makes; the signal's reason; what the work throws. */
export type FairQueue = <T>(asker: Asker, work: () => Promise<T>) => Promise<T>

interface Place {
  readonly begin: () => void
  readonly refuse: (reason: unknown) => void
}

export function createFairQueue({ mostAtOnce, mostWaiting, tooMany }: FairQueueLimits): FairQueue {
  const places = createWaitingPlaces<Place>()
  let atWork = 0
  const makeRoom = (asker: Asker) => {
    if (places.size < mostWaiting) return
    const pushedOut = places.takeForRoom(asker)
    if (pushedOut === undefined) throw tooMany()
    pushedOut.refuse(tooMany())
  }
  const wait = async (asker: Asker) => {
    const { signal } = asker
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const place = { begin: resolve, refuse: reject }
    const leave = () => {
      places.remove(asker, place)
      reject(signal.reason)
    }
    places.add(asker, place)
    signal.addEventListener('abort', leave, { once: true })
    await promise.finally(() => signal.removeEventListener('abort', leave))
  }
  const endWork = () => {
    const next = places.next()
    if (next === undefined) atWork--
    else next.begin()
  }
  return async (asker, work) => {
    asker.signal.throwIfAborted()
    if (atWork < mostAtOnce) atWork++
    else {
      makeRoom(asker)
      await wait(asker)
    }
    try {
      // Gone between its turn and its work.
      asker.signal.throwIfAborted()
      return await work()
    } finally {
      endWork()
    }
  }
}
