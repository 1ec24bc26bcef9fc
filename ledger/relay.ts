/** The sweep behind the announcer: repeats announcements whose writer died or lost the broker in between. */
import type { ConversionStore } from '#ledger/conversion-store.ts'
import type { Announcer } from '#ledger/announcer.ts'

export interface RelayDependencies {
  readonly store: ConversionStore
  readonly announcer: Pick<Announcer, 'announceNow'>
}

const batch = 200

/** One sweep. An announcement must have been pending in the sweep before too: else its writer is still at it. */
export function createRelaySweep({
  store,
  announcer,
}: RelayDependencies): (signal: AbortSignal) => Promise<void> {
  let pendingBefore = new Map<string, number>()
  return async (signal) => {
    const pending = await store.find({ kind: 'unannounced', limit: batch })
    const due = pending.filter((record) => pendingBefore.get(record._id) === record.revision)
    pendingBefore = new Map(pending.map((record) => [record._id, record.revision]))
    const failures: unknown[] = []
    for (const record of due) {
      if (signal.aborted) return
      // One that cannot be announced must not hold up those behind it.
      await announcer.announceNow(record).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
}
