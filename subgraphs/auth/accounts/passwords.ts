/**
 * Argon2id hashes of passwords (OWASP password storage: at least 19 MiB, 2 passes), a few at a time so that memory stays
 * bounded. Few may wait.
 */
import { hash, verify } from '@node-rs/argon2'
import type { Asker } from '#runtime/fair-queue.ts'
import { createPasswordQueue } from './password-queue.ts'

export interface Passwords {
  /** @throws DomainError SERVICE_UNAVAILABLE when too many wait; the signal's reason. */
  hash(password: string, asker: Asker): Promise<string>
  /** With null for an unknown user, as much work is done and false returned: the time does not tell. @throws as `hash`. */
  matches(password: string, passwordHash: string | null, asker: Asker): Promise<boolean>
  /** Whether a hash was made at a lower cost than new ones are. */
  isOutdated(passwordHash: string): boolean
}

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

export async function createPasswords({
  cost = passwordCost,
  concurrency = 2,
  mostWaiting,
  countRun,
}: PasswordsOptions): Promise<Passwords> {
  const queue = createPasswordQueue(concurrency, mostWaiting)
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 }
  const nobodys = await hash('nobody has this password', options)
  const queued = <T>(asker: Asker, work: () => Promise<T>): Promise<T> =>
    queue(asker, () => {
      countRun?.()
      return work()
    })
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
