/** Ends READY uploads that nobody needs any more: at once when a conversion finishes, and by a sweep that misses none. */
import {
  finishedStatuses,
  type ConversionRecord,
  type ConversionStatus,
} from '#schema/documents/conversion-document.ts'
import type { ReadyUpload, UploadDocument } from '#schema/documents/upload-document.ts'
import type { ConversionChanged } from '#schema/messages/conversion-changed.ts'
import type { Logger } from '#runtime/process/log.ts'
import { become, refuse, type Decision } from '#runtime/mongo/change-document.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { HandOverBlobs } from './hand-over-blobs.ts'
import { needOf, type Need } from './need-of.ts'

export interface UploadReleaseDependencies {
  readonly uploadStore: Pick<UploadStore, 'read' | 'each' | 'change'>
  readonly readConversion: (id: string) => Promise<ConversionRecord | null>
  readonly handOverBlobs: HandOverBlobs
  readonly log: Logger
  readonly now?: () => Date
}

export interface UploadRelease {
  /** Told of every change of a conversion; never throws. */
  conversionChanged(message: Pick<ConversionChanged, 'status' | 'uploadId'>): void
  /** Ends the upload if it has served its conversions. */
  release(uploadId: string): Promise<void>
  sweep(signal: AbortSignal): Promise<void>
}

export function createUploadRelease({
  uploadStore,
  readConversion,
  handOverBlobs,
  log,
  now = () => new Date(),
}: UploadReleaseDependencies): UploadRelease {
  // Pins whose conversion was not there in the sweep before, as `pinSeen` names them.
  let absentBefore = new Set<string>()

  const judge = async (upload: ReadyUpload, absent?: Set<string>) => {
    const needs = new Map<string, Need>()
    for (const pin of upload.pins) {
      const conversion = await readConversion(pin)
      const seen = pinSeen(upload, pin)
      if (conversion === null) absent?.add(seen)
      const hasNeverCome = conversion === null && absent !== undefined && absentBefore.has(seen)
      needs.set(pin, hasNeverCome ? 'unneeded' : needOf(conversion, upload, now()))
    }
    // A pin that is made again meanwhile is one of a conversion that comes only now: the sweep takes none away that it has not read.
    await unpin(upload._id, needs, absent && upload.revision)
  }
  const unpin = async (uploadId: string, needs: ReadonlyMap<string, Need>, readRevision?: number) => {
    const hasServed = [...needs.values()].includes('served')
    const changed = await uploadStore.change(uploadId, (current): Decision<UploadDocument, string> => {
      if (current.status !== 'READY') return refuse('NOT_READY')
      if (readRevision !== undefined && current.revision !== readRevision) return refuse('CHANGED_SINCE')
      // One that was pinned since is not in the map.
      const pins = current.pins.filter((pin) => (needs.get(pin) ?? 'needed') === 'needed')
      const isOver = pins.length === 0 && (hasServed || current.expiresAt <= now())
      if (isOver) return become({ ...current, pins: [], status: 'EXPIRED' })
      return pins.length < current.pins.length ? become({ ...current, pins }) : refuse('STILL_NEEDED')
    })
    if (changed.ok && changed.record.status === 'EXPIRED') await handOverBlobs(changed.record)
  }
  const release = async (uploadId: string) => {
    const upload = await uploadStore.read(uploadId)
    if (upload?.status === 'READY' && upload.pins.length > 0) await judge(upload)
  }
  return {
    release,
    conversionChanged({ status, uploadId }) {
      if (!isFinished(status)) return
      release(uploadId).catch((error: unknown) =>
        log.warn({ err: error, uploadId }, 'the source of a finished conversion stays until the next sweep'),
      )
    },
    async sweep(signal) {
      const absent = new Set<string>()
      await sweepOver(uploadStore.each(['READY']), signal, async (upload) => {
        if (upload.pins.length > 0 || upload.expiresAt <= now()) await judge(upload, absent)
      }).finally(() => (absentBefore = absent))
    },
  }
}

/** A pin of an upload as it was read: made once more, it is another one. */
const pinSeen = ({ _id, revision }: ReadyUpload, pin: string) => `${_id}/${revision}/${pin}`

const isFinished = (status: ConversionStatus): boolean =>
  (finishedStatuses as readonly ConversionStatus[]).includes(status)
