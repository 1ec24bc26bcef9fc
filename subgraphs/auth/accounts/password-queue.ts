/**
 * Who waits for the work on their password: a few are at work, few wait, by turns of where they come from. In a full queue the
 * network that has most waiting makes room, so that to keep others out takes as many networks as there are places.
 */
import { DomainError } from '#runtime/domain-error.ts'
import type { AccountRequest } from '#auth/account-request.ts'
import { createWaitingPlaces } from './waiting-places.ts'

/** Nothing is done for who has gone. */
export type Asker = Pick<AccountRequest, 'network' | 'addressBlock' | 'signal'>

/** @throws DomainError SERVICE_UNAVAILABLE when too many wait; the signal's reason; what the work throws. */
export type PasswordQueue = <T>(asker: Asker, work: () => Promise<T>) => Promise<T>

interface Place {
  readonly begin: () => void
  readonly refuse: (reason: unknown) => void
}

const retryAfterMs = 2_000

export function createPasswordQueue(concurrency: number, mostWaiting: number): PasswordQueue {
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
    if (atWork < concurrency) atWork++
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

function tooMany(): DomainError {
  const message = 'Many sign in at this moment; try again in a few seconds.'
  return new DomainError('SERVICE_UNAVAILABLE', message, { details: { retryAfterMs } })
}
