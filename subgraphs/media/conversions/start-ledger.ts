/** Starts the ledger of conversions, and the sweeps that carry on what a dead process left: every replica runs them, harmlessly. */
import type { Db } from 'mongodb'
import { createConversionOutbox } from '#ledger/conversion-outbox.ts'
import { createMongoConversionStore } from '#ledger/conversion-store.ts'
import { createLedger, type Ledger } from '#ledger/ledger.ts'
import { createReaperSweep } from '#ledger/reaper.ts'
import { createReconcilerSweep } from '#ledger/reconciler.ts'
import { createTombstoneSweep } from '#ledger/tombstone-sweep.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import type { Rabbit } from '#runtime/rabbit/connection.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { createQueueDepth } from '#runtime/rabbit/queue-depth.ts'
import { queues } from '#runtime/rabbit/topology.ts'
import { countEvictions, watchQueues } from './queue-metrics.ts'
import type { MediaScope } from '#media/media-settings.ts'

export interface StartLedgerDependencies {
  readonly database: Db
  readonly rabbit: Rabbit
  readonly publisher: Publisher
  readonly intents: BlobIntents
}

export async function startLedger(
  { settings, log, signal, metrics, resources }: MediaScope,
  { database, rabbit, publisher, intents }: StartLedgerDependencies,
): Promise<Ledger> {
  const { LEASE_MS: leaseMs, SWEEP_EVERY_MS: sweepEveryMs } = settings
  const store = createMongoConversionStore(database, log)
  await retryForever('preparing the collection of conversions', store.prepare, log, signal)
  const outbox = resources.use(createConversionOutbox({ store, publisher, log }))
  const ledger = createLedger({ store, announce: outbox.announce })
  const queueDepth = resources.use(await createQueueDepth(rabbit))
  watchQueues(metrics, { ledger, store, queueDepth })
  const waitingCommands = () => queueDepth.waiting(queues.convert)

  const run = (name: string, everyMs: number, sweep: (signal: AbortSignal) => Promise<void>) =>
    resources.use(repeat(sweep, { name, everyMs, log }))
  run('outbox', 1_000, outbox.sweep)
  run('reaper', leaseMs / 15, createReaperSweep({ ledger, log, leaseMs, onEvicted: countEvictions(metrics) }))
  run('reconciler', 1.5 * sweepEveryMs, createReconcilerSweep({ ledger, outbox, waitingCommands, log }))
  run('turns', 3_600_000, store.forgetTurns)
  run('tombstones', 3_600_000, createTombstoneSweep(ledger, intents))
  return ledger
}
