/** The periodic tasks every media replica does; doing one twice, or on two replicas at once, is harmless. */
import type { BlobDocument } from '#schema/documents/blob-document.ts'
import type { Announcer } from '#ledger/announcer.ts'
import type { ConversionStore } from '#ledger/conversion-store.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { fateOfOutput } from '#ledger/output-fate.ts'
import { createReaperSweep } from '#ledger/reaper.ts'
import { createReconcilerSweep } from '#ledger/reconciler.ts'
import { createRelaySweep } from '#ledger/relay.ts'
import { createTombstoneSweep } from '#ledger/tombstone-sweep.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { createCollectorSweep, type Fate } from '#runtime/blobs/collector.ts'
import type { Logger } from '#runtime/process/log.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { fateOfKept } from '#media/uploads/upload-blobs.ts'
import type { UploadChecks } from '#media/uploads/validation/validation-queue.ts'
import type { UploadSweeps } from '#media/uploads/sweeps/upload-sweeps.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface MediaSweepsDependencies {
  readonly store: ConversionStore
  readonly ledger: Ledger
  readonly announcer: Announcer
  readonly intents: BlobIntents
  readonly blobs: BlobStore
  readonly uploadStore: Pick<UploadStore, 'read'>
  readonly uploadSweeps: UploadSweeps
  readonly checks: Pick<UploadChecks, 'resume'>
  readonly waitingCommands: () => Promise<number>
  readonly log: Logger
}

export function startMediaSweeps(dependencies: MediaSweepsDependencies): AsyncDisposable {
  const { store, ledger, announcer, intents, blobs, uploadStore, waitingCommands, log } = dependencies
  const { uploadSweeps, checks } = dependencies
  const fateOf = createFateOf(store, uploadStore)
  const tasks = new AsyncDisposableStack()
  tasks.use(repeat(createRelaySweep({ store, announcer }), { name: 'relay', everyMs: 1_000, log }))
  const reconcile = createReconcilerSweep({ store, announcer, waitingCommands, log })
  tasks.use(repeat(reconcile, { name: 'reconciler', everyMs: 15_000, log }))
  tasks.use(repeat(createReaperSweep({ ledger, log }), { name: 'reaper', everyMs: 2_000, log }))
  tasks.use(
    repeat(createCollectorSweep({ intents, blobs, fateOf, log }), {
      name: 'collector',
      everyMs: 10_000,
      log,
    }),
  )
  tasks.use(repeat(checks.resume, { name: 'checks', everyMs: 30_000, log }))
  tasks.use(repeat((signal) => uploadSweeps.sweep(signal), { name: 'uploads', everyMs: 30_000, log }))
  tasks.use(repeat(createTombstoneSweep(store, intents), { name: 'tombstones', everyMs: 3_600_000, log }))
  return tasks
}

function createFateOf(
  store: ConversionStore,
  uploads: Pick<UploadStore, 'read'>,
): (intent: BlobDocument) => Promise<Fate> {
  return async ({ _id, owner }) => {
    if (owner.kind === 'conversion')
      return fateOfOutput(await store.read(owner.conversionId), _id, owner.attempt)
    return fateOfKept(await uploads.read(owner.uploadId), _id)
  }
}
