/** What an owner can do with conversions. The ledger writes; the upload is pinned before and judged anew after. */
import * as z from 'zod'
import type { ConversionDocument, ConversionSource } from '#schema/documents/conversion-document.ts'
import { derivedId, inputDigest } from '#schema/documents/derived-id.ts'
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { isSettled, type Command } from '#ledger/transition.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { decodableCodecs } from '#runtime/ffmpeg/hardening.ts'
import { parseInput, type Uploads } from '#media/uploads/uploads.ts'

export interface StartInput {
  readonly uploadId: string
  readonly idempotencyKey: string
  readonly output: OutputOptions
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
  readonly uploads: Pick<Uploads, 'pin'>
  readonly intents: Pick<BlobIntents, 'reopen'>
}

const keySchema = z
  .string()
  .min(1, 'idempotencyKey must have 1 to 128 characters')
  .max(128, 'idempotencyKey must have 1 to 128 characters')

export function createConversions({ ledger, uploads, intents }: ConversionsDependencies): Conversions {
  const readOwned = async (id: string, ownerId: string) => {
    const record = await ledger.read(id)
    if (record?.ownerId !== ownerId || record.status === 'DELETED') throw new DomainError('NOT_FOUND')
    return record
  }

  const begin = async (
    ownerId: string,
    { uploadId, idempotencyKey, output }: StartInput,
    retryOf: string | null,
    requestId: string | undefined,
  ) => {
    const id = derivedId('conversion', ownerId, parseInput(keySchema, idempotencyKey))
    const digest = inputDigest({ uploadId, output, retryOf })
    const identity = { _id: id, ownerId, output, inputDigest: digest, retryOf }
    const existing = await ledger.read(id)
    if (existing !== null) {
      // A repeated request must not need the upload, which may be gone by now.
      if (existing.status === 'DELETED') throw new DomainError('DELETED')
      if (existing.inputDigest !== digest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
      return existing
    }
    const upload = await uploads.pin(uploadId, ownerId, id)
    return await ledger.enqueue({ ...identity, source: sourceOf(upload) }, requestId)
  }

  const apply = async (id: string, ownerId: string, command: Command) => {
    await readOwned(id, ownerId)
    const applied = await ledger.apply(id, command)
    if (applied.ok && applied.record.status !== 'DELETED') return applied.record
    if (!applied.ok && applied.refusal === 'ALREADY_SETTLED') throw new DomainError('ALREADY_SETTLED')
    throw new DomainError('NOT_FOUND')
  }

  return {
    readOwned,
    start: (ownerId, input, requestId) => begin(ownerId, input, null, requestId),
    cancel: (id, ownerId) => apply(id, ownerId, { type: 'cancel' }),
    revokeLinks: (id, ownerId) => apply(id, ownerId, { type: 'revokeLinks' }),
    async retry(id, ownerId, idempotencyKey, requestId) {
      const { status, source, output } = await readOwned(id, ownerId)
      if (status !== 'FAILED' && status !== 'CANCELLED') throw new DomainError('NOT_RETRYABLE')
      try {
        return await begin(ownerId, { uploadId: source.uploadId, idempotencyKey, output }, id, requestId)
      } catch (error) {
        const gone =
          error instanceof DomainError && (error.code === 'UPLOAD_EXPIRED' || error.code === 'NOT_FOUND')
        throw gone ? new DomainError('SOURCE_GONE', undefined, { cause: error }) : error
      }
    },
    async delete(id, ownerId) {
      const conversion = await readOwned(id, ownerId)
      if (!isSettled(conversion)) await ledger.apply(id, { type: 'cancel' })
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

function sourceOf({ _id, media, blobId, filename, sizeBytes }: UploadDocument): ConversionSource {
  const track = media?.audioTracks.find((candidate) => decodableCodecs.has(candidate.codec))
  if (!media || !track || blobId === null) throw new Error(`upload ${_id} is READY without a source`)
  return {
    uploadId: _id,
    blobId,
    filename,
    sizeBytes,
    track,
    durationMs: track.durationMs ?? media.durationMs,
  }
}
