/** Limits how often something is done by one account, address or pair of them: shared by all processes, in fixed windows. */
import { createHash } from 'node:crypto'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createLocalThrottleStore } from './local-throttle-store.ts'
import type { Rate } from './rate.ts'
import type { ThrottleStore, Window } from './throttle-store.ts'

export interface Throttle {
  /**
   * Counts one more for this key, before the thing is done: many at once are not more than one after another.
   * @returns what takes it back, for what turns out not to count. @throws DomainError TOO_MANY_REQUESTS.
   */
  take(key: string): Promise<() => Promise<void>>
}

export interface ThrottlesDependencies {
  readonly store: ThrottleStore
  readonly log: Logger
  readonly now: () => Date
}

/** By the name of what is done and how often it may be. */
export type CreateThrottle = (name: string, rate: Rate) => Throttle

export function createThrottles({ store, log, now }: ThrottlesDependencies): CreateThrottle {
  const local = createLocalThrottleStore()
  let isAway = false
  /** What the shared store does; where it is away, what the local one does. */
  const ask = async <T>(act: (from: ThrottleStore) => Promise<T>): Promise<T> => {
    try {
      const answer = await act(store)
      isAway = false
      return answer
    } catch (error) {
      if (!isAway)
        log.warn({ err: error }, 'throttles cannot be counted in the database; this process counts alone')
      isAway = true
      return await act(local)
    }
  }
  return (name, rate) => ({
    async take(key) {
      const window = windowOf(name, key, rate, now())
      if (!(await ask((from) => from.add(window, rate.count)))) throw tooMany(window, now())
      return () => ask((from) => from.takeBack(window))
    },
  })
}

/**
 * By a hash, as keys may be long; it hides no address from who tries them all, and goes with its window. Windows of one key begin at a moment of
 * its own, so that not all end at once.
 */
function windowOf(name: string, key: string, { windowMs }: Rate, now: Date): Window {
  const hash = createHash('sha256').update(`${name}\n${key}`).digest()
  const offsetMs = hash.readUIntBE(0, 6) % windowMs
  const number = Math.floor((now.getTime() + offsetMs) / windowMs)
  return {
    id: `${name}:${hash.toString('base64url')}:${number}`,
    endsAt: new Date((number + 1) * windowMs - offsetMs),
  }
}

function tooMany({ endsAt }: Window, now: Date): DomainError {
  const retryAfterMs = endsAt.getTime() - now.getTime()
  const minutes = Math.ceil(retryAfterMs / 60_000)
  const message = `This was asked for too often; try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
  return new DomainError('TOO_MANY_REQUESTS', message, { details: { retryAfterMs } })
}
