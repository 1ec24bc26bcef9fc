/**
 * Users whose accounts are gone. What a request of theirs was still at when the account went, or an access token that had not
 * expired brought along, comes to light later: so they are remembered for a while, and looked through again.
 */
import type { UserRemoved } from '#schema/messages/user-removed.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import { accessTokenLifetimeSeconds } from '#runtime/tokens/verify-access-token.ts'
import type { ForgetUser } from './forget-user.ts'
import type { RemovedUserStore } from './removed-user-store.ts'

export interface RemovedUsers {
  /** Idempotent. @throws Error where something is left: it is to be told again. */
  hear(event: UserRemoved, signal: AbortSignal): Promise<void>
  sweep(signal: AbortSignal): Promise<void>
}

export interface RemovedUsersDependencies {
  readonly store: RemovedUserStore
  readonly forgetUser: ForgetUser
  readonly now?: () => Date
}

/** Much longer than an access token lives: clocks differ, and requests take their time. */
const rememberedMs = 3 * accessTokenLifetimeSeconds * 1000

export function createRemovedUsers({
  store,
  forgetUser,
  now = () => new Date(),
}: RemovedUsersDependencies): RemovedUsers {
  return {
    async hear({ userId }, signal) {
      await store.insert({ _id: userId, heardAt: now() })
      await forgetUser(userId, signal)
    },
    sweep: (signal) =>
      sweepOver(store.each(), signal, async ({ _id, heardAt }) => {
        // Judged before the look: what came while it took place may have been missed.
        const isLast = now().getTime() - heardAt.getTime() > rememberedMs
        await forgetUser(_id, signal)
        if (isLast) await store.remove(_id)
      }),
  }
}
