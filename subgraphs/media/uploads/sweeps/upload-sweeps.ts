/** Ends what nobody finished or needs any more: abandoned uploads, unused sources, and, much later, their documents. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import { keptBlobIds } from '#media/uploads/upload-blobs.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface UploadSweepsDependencies {
  readonly store: UploadStore
  readonly files: ReceivedFiles
  readonly intents: BlobIntents
  readonly readConversion: (id: string) => Promise<ConversionRecord | null>
  readonly now?: () => Date
}

export interface UploadSweeps {
  /** Judges one upload's source anew, as when a conversion of it has settled. */
  settle(uploadId: string): Promise<void>
  sweep(signal: AbortSignal): Promise<void>
}

/** The source of a failed conversion is kept this long: for a retry, and for the operator. */
const failedRetentionMs = 7 * 24 * 3_600_000
/** An ended upload's document is kept this long, so that its id still answers. */
const documentRetentionMs = 30 * 24 * 3_600_000

type Verdict = 'needed' | 'unneeded' | 'done'

export function createUploadSweeps({
  store,
  files,
  intents,
  readConversion,
  now = () => new Date(),
}: UploadSweepsDependencies): UploadSweeps {
  // Pins whose conversion was not there in the sweep before: `startConversion` pins before it inserts.
  let pinnedForNothing = new Set<string>()

  const verdictOf = (conversion: ConversionRecord | null, upload: UploadDocument): Verdict => {
    if (conversion === null) return 'needed'
    // Two requests under one key can pin two uploads; only one of them is converted.
    if (!uploadsOf(conversion).includes(upload._id)) return 'unneeded'
    // A cover may be that of conversions yet to come: it stays for its own lifetime.
    const over = upload.purpose === 'COVER' ? 'unneeded' : 'done'
    switch (conversion.status) {
      case 'QUEUED':
      case 'RUNNING':
        return 'needed'
      case 'FAILED':
        return now().getTime() - conversion.finishedAt.getTime() < failedRetentionMs ? 'needed' : over
      // Cancelling is often a correction of the options: the source stays for its own lifetime.
      case 'CANCELLED':
        return 'unneeded'
      default:
        return over
    }
  }

  /** From now on the collector finds the source and its picture useless. */
  const letGo = async (ended: UploadDocument) => {
    await intents.reopen(keptBlobIds(ended))
    await store.change(ended._id, () => ({ blobsLetGo: true }))
  }

  const release = async (upload: UploadDocument, verdicts: ReadonlyMap<string, Verdict>) => {
    const needed = (pin: string) => (verdicts.get(pin) ?? 'needed') === 'needed'
    const done = [...verdicts.values()].includes('done')
    const changed = await store.change(upload._id, (current) => {
      if (current.status !== 'READY') return null
      const pins = current.pins.filter(needed)
      const over = pins.length === 0 && (done || current.expiresAt <= now())
      if (!over && pins.length === current.pins.length) return null
      return { pins, ...(over && { status: 'EXPIRED' as const }) }
    })
    if (changed?.status === 'EXPIRED') await letGo(changed)
  }

  const judge = async (upload: UploadDocument, absent?: Set<string>) => {
    const verdicts = new Map<string, Verdict>()
    for (const pin of upload.pins) {
      const conversion = await readConversion(pin)
      if (conversion === null) absent?.add(pin)
      const forNothing = conversion === null && absent !== undefined && pinnedForNothing.has(pin)
      verdicts.set(pin, forNothing ? 'unneeded' : verdictOf(conversion, upload))
    }
    await release(upload, verdicts)
  }

  const endAbandoned = async (upload: UploadDocument) => {
    const ended = await store.change(upload._id, ({ status }) =>
      status === 'UPLOADING' || status === 'VALIDATING' ? { status: 'EXPIRED' } : null,
    )
    if (ended) await files.remove(upload.secretHash)
  }

  const forget = async (upload: UploadDocument) => {
    // Once more: somebody slow may have kept them after they were let go.
    await intents.reopen(keptBlobIds(upload))
    await store.remove(upload._id, upload.revision)
  }

  // Each is a sweep over what others may have left behind, and none must keep the next from its turn.
  const judgeReady = async (signal: AbortSignal) => {
    const absent = new Set<string>()
    await sweepOver(store.each({ status: 'READY' }), signal, async (upload) => {
      if (upload.pins.length > 0 || upload.expiresAt <= now()) await judge(upload, absent)
    }).finally(() => (pinnedForNothing = absent))
  }
  /** Another replica's too: it may never come back, and if it does it finds its file useless. */
  const endAllAbandoned = (signal: AbortSignal) => {
    const moving = { status: { $in: ['UPLOADING', 'VALIDATING'] }, expiresAt: { $lte: now() } } as const
    return sweepOver(store.each(moving), signal, endAbandoned)
  }
  /** A process that died between a state and the removal of its file left the file to this. */
  const tidyDisk = async (signal: AbortSignal) =>
    await sweepOver(await files.list(), signal, async (secretHash) => {
      const upload = await store.readBySecretHash(secretHash)
      if (upload?.status !== 'UPLOADING' && upload?.status !== 'VALIDATING') await files.remove(secretHash)
    })
  /** A process that died after it had ended an upload left its blobs to this. */
  const letGoOfEnded = (signal: AbortSignal) =>
    sweepOver(store.each({ status: 'EXPIRED', blobsLetGo: false }), signal, letGo)
  const forgetEnded = (signal: AbortSignal) => {
    const forgotten = new Date(now().getTime() - documentRetentionMs)
    const ended = { status: { $in: ['REJECTED', 'EXPIRED'] }, expiresAt: { $lte: forgotten } } as const
    return sweepOver(store.each(ended), signal, forget)
  }

  return {
    async settle(uploadId) {
      const upload = await store.read(uploadId)
      if (upload?.status === 'READY' && upload.pins.length > 0) await judge(upload)
    },
    sweep: (signal) =>
      sweepOver([judgeReady, letGoOfEnded, endAllAbandoned, tidyDisk, forgetEnded], signal, (step) =>
        step(signal),
      ),
  }
}

function uploadsOf(conversion: ConversionRecord): string[] {
  if (conversion.status === 'DELETED') return [conversion.uploadId]
  const { source, output } = conversion
  return [source.uploadId, ...(output.cover.uploadId === null ? [] : [output.cover.uploadId])]
}
