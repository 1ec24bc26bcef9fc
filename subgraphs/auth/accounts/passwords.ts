/**
 * Argon2id hashes of passwords (OWASP password storage: at least 19 MiB, 2 passes), a few at a time so that memory stays
 * bounded. Few may wait: whoever comes to a long queue is told so at once, and nothing is hashed for who has gone.
 */
import { hash, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'
import { DomainError } from '#runtime/domain-error.ts'
import type { AccountRequest } from '#auth/account-request.ts'

export interface Passwords {
  /** @throws DomainError SERVICE_UNAVAILABLE when too many wait; the signal's reason. */
  hash(password: string, asker: Asker): Promise<string>
  /** With null for an unknown user, as much work is done and false returned: the time does not tell. @throws as `hash`. */
  matches(password: string, passwordHash: string | null, asker: Asker): Promise<boolean>
  /** Whether a hash was made at a lower cost than new ones are. */
  isOutdated(passwordHash: string): boolean
}

/** Who waits: nothing is hashed for who has gone, and one block of addresses cannot fill the queue. */
export type Asker = Pick<AccountRequest, 'addressBlock' | 'signal'>

export interface PasswordCost {
  readonly memoryKib: number
  readonly passes: number
}

/** Some 120 ms of one core. */
export const passwordCost: PasswordCost = { memoryKib: 64 * 1024, passes: 3 }

export interface PasswordsOptions {
  readonly cost?: PasswordCost
  readonly concurrency?: number
  readonly mostWaiting: number
  /** Told of each hash that is computed. */
  readonly countRun?: () => void
}

const retryAfterMs = 2_000

export async function createPasswords({
  cost = passwordCost,
  concurrency = 2,
  mostWaiting,
  countRun,
}: PasswordsOptions): Promise<Passwords> {
  const limit = pLimit(concurrency)
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 }
  const nobodys = await hash('nobody has this password', options)
  const mostOfOneBlock = Math.ceil(mostWaiting / 4)
  const ofBlock = new Map<string, number>()
  const queued = async <T>({ addressBlock, signal }: Asker, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    const ahead = ofBlock.get(addressBlock) ?? 0
    if (limit.pendingCount >= mostWaiting || ahead >= concurrency + mostOfOneBlock) {
      const message = 'Many sign in at this moment; try again in a few seconds.'
      throw new DomainError('SERVICE_UNAVAILABLE', message, { details: { retryAfterMs } })
    }
    ofBlock.set(addressBlock, ahead + 1)
    try {
      return await limit(() => {
        signal.throwIfAborted()
        countRun?.()
        return work()
      })
    } finally {
      const left = ofBlock.get(addressBlock)! - 1
      if (left === 0) ofBlock.delete(addressBlock)
      else ofBlock.set(addressBlock, left)
    }
  }
  return {
    hash: (password, asker) => queued(asker, () => hash(password, options)),
    async matches(password, passwordHash, asker) {
      const same = await queued(asker, () => verify(passwordHash ?? nobodys, password))
      return same && passwordHash !== null
    },
    isOutdated(passwordHash) {
      const [, memory, passes] = /\$m=(\d+),t=(\d+),/.exec(passwordHash) ?? []
      return Number(memory) < cost.memoryKib || Number(passes) < cost.passes
    },
  }
}
