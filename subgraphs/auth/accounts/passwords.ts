/** Argon2id hashes of passwords (OWASP password storage: at least 19 MiB, 2 passes), a few at a time so that memory stays bounded. */
import { hash, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'

export interface Passwords {
  hash(password: string): Promise<string>
  /** With null for an unknown user, as much work is done and false returned: the time does not tell. */
  matches(password: string, passwordHash: string | null): Promise<boolean>
}

/** 64 MiB and 3 passes: some 120 ms of one core. */
const cost = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 }

export async function createPasswords(concurrency = 2): Promise<Passwords> {
  const limit = pLimit(concurrency)
  const nobodys = await hash('nobody has this password', cost)
  return {
    hash: (password) => limit(() => hash(password, cost)),
    async matches(password, passwordHash) {
      const same = await limit(() => verify(passwordHash ?? nobodys, password))
      return same && passwordHash !== null
    },
  }
}
