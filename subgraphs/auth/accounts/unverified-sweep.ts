/** Ends accounts whose address nobody has proven within a week: an address is not kept from its owner by a stranger. */
import type { Logger } from '#runtime/process/log.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { Sessions } from '#auth/sessions/sessions.ts'
import type { UserStore } from './user-store.ts'

export interface UnverifiedSweepDependencies {
  readonly users: Pick<UserStore, 'unverifiedSince' | 'removeUnverified'>
  readonly sessions: Pick<Sessions, 'endAll'>
  readonly log: Logger
  readonly now: () => Date
}

const patienceMs = 7 * 24 * 3_600_000

export function createUnverifiedSweep({ users, sessions, log, now }: UnverifiedSweepDependencies) {
  return async (signal: AbortSignal): Promise<void> => {
    const unverified = users.unverifiedSince(new Date(now().getTime() - patienceMs))
    await sweepOver(unverified, signal, async ({ _id }) => {
      if (!(await users.removeUnverified(_id))) return
      await sessions.endAll(_id)
      log.info({ userId: _id }, 'an account was removed, as nobody proved its address for 7 days')
    })
  }
}
