/** Removes what a user has here: conversions by their own deletion, which stops those that run, then uploads. */
import { conversionStatuses } from '#schema/documents/conversion-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { Conversions } from '#media/conversions/conversions.ts'
import type { EndUploadsOf } from '#media/uploads/end-uploads-of.ts'

/** To be repeated at will. @throws Error where something is left, or the signal's reason. */
export type ForgetUser = (userId: string, signal: AbortSignal) => Promise<void>

export interface ForgetUserDependencies {
  readonly ledger: Pick<Ledger, 'each'>
  readonly conversions: Pick<Conversions, 'delete'>
  readonly endUploadsOf: EndUploadsOf
  readonly log: Logger
}

export function createForgetUser({
  ledger,
  conversions,
  endUploadsOf,
  log,
}: ForgetUserDependencies): ForgetUser {
  /** Resolves to how many there were. */
  const deleteConversions = async (ownerId: string, signal: AbortSignal) => {
    let deleted = 0
    for (const status of conversionStatuses)
      await sweepOver(ledger.each({ ownerId, status }), signal, async ({ _id }) => {
        await conversions.delete(_id, ownerId).catch(unlessGone)
        deleted += 1
      })
    signal.throwIfAborted()
    return deleted
  }
  const endUploads = async (ownerId: string, signal: AbortSignal) => {
    const ended = await endUploadsOf(ownerId, signal)
    signal.throwIfAborted()
    return ended
  }
  return async (userId, signal) => {
    const deleted = await untilNone(() => deleteConversions(userId, signal))
    const ended = await untilNone(() => endUploads(userId, signal))
    if (deleted + ended > 0)
      log.info(
        { userId, conversions: deleted, uploads: ended },
        'what a removed user had was removed; its bytes follow',
      )
  }
}

/** One may change its status while the others are looked through: looks again until there is none. */
async function untilNone(look: () => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const found = await look()
    if (found === 0) return total
    total += found
  }
}

/** Another replica was a little quicker. */
function unlessGone(error: unknown): void {
  if (!(error instanceof DomainError && error.code === 'NOT_FOUND')) throw error
}
