/**
 * Lets one request at a time touch an upload. Who comes while it is held has usually lost the connection of the request
 * before: that one is asked to let go, and of those who wait it is the last to come whose client still listens. The library's
 * own lock asks again at every turn of the event loop, and remembers each time that it did.
 */
import type { Locker, RequestRelease } from '@tus/server'
import { DomainError } from '#runtime/domain-error.ts'
import { TusRefusal } from './tus-refusal.ts'

interface Waiting {
  readonly requestRelease: RequestRelease
  readonly begin: () => void
  readonly refuse: () => void
}

interface Held {
  readonly requestRelease: RequestRelease
  waiting?: Waiting | undefined
}

export function createUploadLocks(timeoutMs = 30_000): Locker {
  const held = new Map<string, Held>()
  const lock = async (id: string, signal: AbortSignal, requestRelease: RequestRelease) => {
    if (signal.aborted) throw locked()
    const before = held.get(id)
    if (before === undefined) return void held.set(id, { requestRelease })
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const refuse = () => {
      if (before.waiting === waiting) before.waiting = undefined
      reject(locked())
    }
    const waiting: Waiting = { requestRelease, begin: resolve, refuse }
    before.waiting?.refuse()
    before.waiting = waiting
    const late = setTimeout(refuse, timeoutMs)
    signal.addEventListener('abort', refuse)
    void before.requestRelease()
    await promise.finally(() => {
      clearTimeout(late)
      signal.removeEventListener('abort', refuse)
    })
  }
  /** It is handed over at once: a third could come before the one who waits has gone on. */
  const unlock = (id: string) => {
    const waiting = held.get(id)?.waiting
    if (waiting === undefined) return void held.delete(id)
    held.set(id, { requestRelease: waiting.requestRelease })
    waiting.begin()
  }
  return {
    newLock: (id) => ({
      lock: async (signal, requestRelease) => await lock(id, signal, requestRelease),
      unlock: async () => unlock(id),
    }),
  }
}

function locked(): TusRefusal {
  const message = 'Another request for this upload is under way.'
  const error = new DomainError('TOO_MANY_REQUESTS', message, { details: { retryAfterMs: 1_000 } })
  // Locked (RFC 4918), which tus clients take as a reason to come again.
  return new TusRefusal(error, 423)
}
