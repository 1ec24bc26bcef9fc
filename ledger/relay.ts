/** The sweep behind the announcer: repeats announcements whose writer died or lost the broker in between. */
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { ConversionStore } from './conversion-store.ts'
import type { Announcer } from './announcer.ts'

export interface RelayDependencies {
  readonly store: ConversionStore
  readonly announcer: Pick<Announcer, 'announceNow'>
}

/** One sweep. An announcement must have been pending in the sweep before too: else its writer is still at it. */
export function createRelaySweep({
  store,
  announcer,
}: RelayDependencies): (signal: AbortSignal) => Promise<void> {
  let pendingBefore = new Map<string, number>()
  return async (signal) => {
    const pending = new Map<string, number>()
    await sweepOver(store.each({ announce: 'pending' }), signal, async (record) => {
      pending.set(record._id, record.revision)
      if (pendingBefore.get(record._id) === record.revision) await announcer.announceNow(record)
    }).finally(() => (pendingBefore = pending))
  }
}
