/** What an owner can do with conversions. The ledger writes; the upload is pinned before and judged anew after. */
import type { ConversionDocument, ConversionSource } from '#schema/documents/conversion-document.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { isFinished, type Command } from '#ledger/transition.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { fitToSource, type FittedOutput } from '#media/conversions/order/fit-to-source.ts'
import { orderWarnings } from '#media/conversions/order/order-warnings.ts'
import type { OutputOrder } from '#media/conversions/order/output-order.ts'
import { derivedId, idempotencyKeySchema, inputDigest } from '#media/idempotency.ts'
import { parseInput } from '#media/parse-input.ts'
import type { Uploads } from '#media/uploads/uploads.ts'

export interface StartInput {
  readonly uploadId: string
  readonly idempotencyKey: string
  readonly order: OutputOrder
}

export interface Conversions {
  /** @throws DomainError NOT_FOUND for an unknown, deleted or foreign id. */
  readOwned(id: string, ownerId: string): Promise<ConversionDocument>
  start(ownerId: string, input: StartInput, requestId?: string): Promise<ConversionDocument>
  cancel(id: string, ownerId: string): Promise<ConversionDocument>
  retry(id: string, ownerId: string, idempotencyKey: string, requestId?: string): Promise<ConversionDocument>
  revokeLinks(id: string, ownerId: string): Promise<ConversionDocument>
  delete(id: string, ownerId: string): Promise<void>
}

export interface ConversionsDependencies {
  readonly ledger: Ledger
  readonly uploads: Pick<Uploads, 'readReady' | 'pin'>
  readonly intents: Pick<BlobIntents, 'reopen'>
}

export function createConversions({ ledger, uploads, intents }: ConversionsDependencies): Conversions {
  const readOwned = async (id: string, ownerId: string) => {
    const record = await ledger.read(id)
    if (record?.ownerId !== ownerId || record.status === 'DELETED') throw new DomainError('NOT_FOUND')
    return record
  }

  /** What the key has led to before. A repeated request must not need the upload, which may be gone by now. */
  const earlier = async (id: string, digest: string) => {
    const existing = await ledger.read(id)
    if (existing?.status === 'DELETED') throw new DomainError('DELETED')
    if (existing !== null && existing.inputDigest !== digest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
    return existing
  }
  const start = async (ownerId: string, input: StartInput, requestId: string | undefined) => {
    const { uploadId, idempotencyKey, order } = input
    const id = conversionIdOf(ownerId, idempotencyKey)
    const digest = inputDigest({ uploadId, order, retryOf: null })
    const existing = await earlier(id, digest)
    if (existing !== null) return existing
    const upload = await uploads.readReady(uploadId, ownerId, 'SOURCE')
    const coverId = order.cover.uploadId
    const cover = coverId === null ? null : await uploads.readReady(coverId, ownerId, 'COVER')
    // Fitted before anything is pinned: a refusal leaves nothing behind.
    const pictures = { SOURCE: upload.picture, UPLOAD: cover?.picture ?? null, NONE: null }
    const fitted = fitToSource(order, mediaOf(upload), pictures[order.cover.from])
    const { output } = fitted
    const warnings = orderWarnings(order, fitted, upload)
    const pinned = await pinAll(ownerId, id, uploadId, coverId)
    const source = sourceOf(pinned, fitted)
    const identity = { _id: id, ownerId, inputDigest: digest, retryOf: null }
    return await ledger.enqueue({ ...identity, source, output, warnings }, requestId)
  }
  const pinAll = async (ownerId: string, conversionId: string, uploadId: string, coverId: string | null) => {
    if (coverId !== null) await uploads.pin(coverId, ownerId, conversionId, 'COVER')
    return await uploads.pin(uploadId, ownerId, conversionId, 'SOURCE')
  }
  const retry = async (failed: ConversionDocument, idempotencyKey: string, requestId: string | undefined) => {
    const { _id: retryOf, ownerId, source, output, warnings } = failed
    const id = conversionIdOf(ownerId, idempotencyKey)
    const digest = inputDigest({ uploadId: source.uploadId, output, retryOf })
    const existing = await earlier(id, digest)
    if (existing !== null) return existing
    const coverId = output.cover.from === 'UPLOAD' ? output.cover.uploadId : null
    await pinAll(ownerId, id, source.uploadId, coverId)
    const identity = { _id: id, ownerId, inputDigest: digest, retryOf }
    return await ledger.enqueue({ ...identity, source, output, warnings }, requestId)
  }
  const apply = async (id: string, ownerId: string, command: Command) => {
    await readOwned(id, ownerId)
    const applied = await ledger.apply(id, command)
    if (applied.ok && applied.record.status !== 'DELETED') return applied.record
    if (!applied.ok && applied.refusal === 'ALREADY_FINISHED') throw new DomainError('ALREADY_FINISHED')
    throw new DomainError('NOT_FOUND')
  }

  return {
    readOwned,
    start,
    cancel: (id, ownerId) => apply(id, ownerId, { type: 'cancel' }),
    revokeLinks: (id, ownerId) => apply(id, ownerId, { type: 'revokeLinks' }),
    async retry(id, ownerId, idempotencyKey, requestId) {
      const failed = await readOwned(id, ownerId)
      if (failed.status !== 'FAILED' && failed.status !== 'CANCELLED') throw new DomainError('NOT_RETRYABLE')
      try {
        return await retry(failed, idempotencyKey, requestId)
      } catch (error) {
        const gone =
          error instanceof DomainError && (error.code === 'UPLOAD_EXPIRED' || error.code === 'NOT_FOUND')
        throw gone ? new DomainError('SOURCE_EXPIRED', undefined, { cause: error }) : error
      }
    },
    async delete(id, ownerId) {
      const conversion = await readOwned(id, ownerId)
      if (!isFinished(conversion)) await ledger.apply(id, { type: 'cancel' })
      const current = await readOwned(id, ownerId)
      const blobIds = current.mp3s.map((mp3) => mp3.blobId)
      // Before and after: a process that dies in between leaves the rest to the tombstone's end.
      await intents.reopen(blobIds)
      const applied = await ledger.apply(id, { type: 'delete' })
      if (!applied.ok && applied.refusal !== 'DELETED')
        throw new Error(`a deletion was refused: ${applied.refusal}`)
      await intents.reopen(blobIds)
    },
  }
}

const conversionIdOf = (ownerId: string, idempotencyKey: string) =>
  derivedId('conversion', ownerId, parseInput(idempotencyKeySchema, idempotencyKey))

function mediaOf({ _id, media }: UploadDocument) {
  if (media === null) throw new Error(`upload ${_id} is READY without having been examined`)
  return media
}

function sourceOf(upload: UploadDocument, fitted: FittedOutput): ConversionSource {
  const { _id, blobId, filename, sizeBytes, stored, picture } = upload
  const { track, durationMs, sourceChapters: chapters } = fitted
  const { tags } = mediaOf(upload)
  if (blobId === null) throw new Error(`upload ${_id} is READY without a source`)
  return {
    uploadId: _id,
    blobId,
    filename,
    sizeBytes: stored?.sizeBytes ?? sizeBytes,
    track,
    durationMs,
    chapters,
    tags,
    picture: picture && { blobId: picture.blobId, mimeType: picture.mimeType, sizeBytes: picture.sizeBytes },
  }
}
