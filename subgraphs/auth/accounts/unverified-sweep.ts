/** Ends accounts whose address nobody has proven within a week: an address is not kept from its owner by a stranger. */
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { Removals } from '#auth/removals/removals.ts'
import type { UserStore } from './user-store.ts'

export interface UnverifiedSweepDependencies {
  readonly users: Pick<UserStore, 'unverifiedSince'>
  readonly removals: Pick<Removals, 'remove'>
  readonly now: () => Date
}

const patienceMs = 7 * 24 * 3_600_000

export function createUnverifiedSweep({ users, removals, now }: UnverifiedSweepDependencies) {
  return async (signal: AbortSignal): Promise<void> => {
    const unverified = users.unverifiedSince(new Date(now().getTime() - patienceMs))
    await sweepOver(unverified, signal, async ({ _id }) => void (await removals.remove(_id, 'UNPROVEN')))
  }
}
