/** Ends guests that have not come back. */
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { Removals } from '#auth/removals/removals.ts'
import type { UserStore } from './user-store.ts'

export interface GuestSweepDependencies {
  readonly users: Pick<UserStore, 'guestsOver'>
  readonly removals: Pick<Removals, 'remove'>
  readonly now: () => Date
}

export const createGuestSweep =
  ({ users, removals, now }: GuestSweepDependencies) =>
  async (signal: AbortSignal): Promise<void> =>
    await sweepOver(users.guestsOver(now()), signal, async ({ _id }) => {
      await removals.remove(_id, 'GUEST_OVER')
    })
