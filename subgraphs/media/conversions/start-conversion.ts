/** Starts one conversion for each idempotency key: fits the order to its upload, pins the upload, enqueues the conversion. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import type { ReadyUpload } from '#schema/documents/upload-document.ts'
import type { StartConversionInput } from '#schema/generated/media-resolvers.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { derivedId, idempotencyKeySchema, inputDigest } from '#media/idempotency.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import type { Account } from '#media/quotas/account.ts'
import { turnOf } from '#media/quotas/turn-of.ts'
import type { AllowConversion } from './allow-conversion.ts'
import { fitToSource } from '#media/conversions/order/fit-to-source.ts'

export interface StartConversionDependencies {
  readonly ledger: Pick<Ledger, 'read' | 'enqueue'>
  readonly uploads: Pick<Uploads, 'readReady' | 'pin'>
  readonly allowConversion: AllowConversion
}

export interface StartConversion {
  start(account: Account, input: StartConversionInput, requestId?: string): Promise<ConversionDocument>
  /** Starts what failed or was cancelled anew, as a conversion of its own. */
  startAgain(
    account: Account,
    past: ConversionDocument,
    idempotencyKey: string,
    requestId?: string,
  ): Promise<ConversionDocument>
}

/** Both throw DomainError: QUOTA_EXCEEDED, IDEMPOTENCY_KEY_REUSED, DELETED, OUTPUT_NOT_POSSIBLE, or what the upload's state calls for. */
export function createStartConversion({
  ledger,
  uploads,
  allowConversion,
}: StartConversionDependencies): StartConversion {
  /** What the key has led to before. A repeated request must not need the upload, which may be gone by now. */
  const earlier = async (id: string, digest: string) => {
    const existing = await ledger.read(id)
    if (existing?.status === 'DELETED') throw new DomainError('DELETED')
    if (existing !== null && existing.inputDigest !== digest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
    return existing
  }
  const pinAll = async (ownerId: string, conversionId: string, uploadId: string, coverId: string | null) => {
    if (coverId !== null) await uploads.pin(coverId, ownerId, conversionId, 'COVER')
    return await uploads.pin(uploadId, ownerId, conversionId, 'SOURCE')
  }

  return {
    async start(account, { uploadId, idempotencyKey, output: input }, requestId) {
      const ownerId = account.userId
      const options = parseInput(outputOptionsSchema, input ?? {}, 'input.output')
      const id = conversionIdOf(ownerId, idempotencyKey)
      const digest = inputDigest({ uploadId, options, retryOf: null })
      const existing = await earlier(id, digest)
      if (existing !== null) return existing
      const upload = await uploads.readReady(uploadId, ownerId, 'SOURCE')
      const coverId = options.cover.uploadId
      const coverUpload = coverId === null ? null : await uploads.readReady(coverId, ownerId, 'COVER')
      // Fitted before anything is pinned: a refusal leaves nothing behind.
      const { output, warnings, ...fitted } = fitToSource(options, upload, coverUpload?.picture ?? null)
      return await allowConversion(account, fitted, output, async (writeId) => {
        const meanwhile = await earlier(id, digest)
        if (meanwhile !== null) return meanwhile
        const source = { ...storedSource(await pinAll(ownerId, id, uploadId, coverId)), ...fitted }
        const identity = {
          _id: id,
          ownerId,
          inputDigest: digest,
          retryOf: null,
          toBeMailed: !account.isGuest,
        }
        return await ledger.enqueue(
          { ...identity, source, output, warnings },
          { requestId, writeId, turnOf: turnOf(account) },
        )
      })
    },
    async startAgain(
      account,
      { _id: retryOf, ownerId, source, output, warnings },
      idempotencyKey,
      requestId,
    ) {
      const id = conversionIdOf(ownerId, idempotencyKey)
      const digest = inputDigest({ uploadId: source.uploadId, output, retryOf })
      const existing = await earlier(id, digest)
      if (existing !== null) return existing
      return await allowConversion(account, source, output, async (writeId) => {
        const meanwhile = await earlier(id, digest)
        if (meanwhile !== null) return meanwhile
        await pinAll(ownerId, id, source.uploadId, output.cover.uploadId)
        const identity = { _id: id, ownerId, inputDigest: digest, retryOf, toBeMailed: !account.isGuest }
        return await ledger.enqueue(
          { ...identity, source, output, warnings },
          { requestId, writeId, turnOf: turnOf(account) },
        )
      })
    },
  }
}

const conversionIdOf = (ownerId: string, idempotencyKey: string) =>
  derivedId('conversion', ownerId, parseInput(idempotencyKeySchema, idempotencyKey, 'input.idempotencyKey'))

const storedSource = ({ _id, blobId, filename, stored, media }: ReadyUpload<'SOURCE'>) => ({
  uploadId: _id,
  blobId,
  filename,
  sizeBytes: stored.sizeBytes,
  reading: stored.reading,
  tags: media.tags,
})
