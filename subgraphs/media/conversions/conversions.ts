/** What an owner can do with conversions. The ledger writes; the upload is pinned before and judged anew after. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { Applied } from '#ledger/transition.ts'
import { isFinished, mostRevocations, type Command } from '#ledger/transition.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import type { Account } from '#media/quotas/account.ts'
import type { AllowConversion } from './allow-conversion.ts'
import { createStartConversion, type StartConversion } from './start-conversion.ts'

export interface Conversions {
  /** @throws DomainError NOT_FOUND for an unknown, deleted or foreign id. */
  readOwned(id: string, ownerId: string): Promise<ConversionDocument>
  readonly start: StartConversion['start']
  cancel(id: string, ownerId: string): Promise<ConversionDocument>
  retry(id: string, account: Account, idempotencyKey: string, requestId?: string): Promise<ConversionDocument>
  /** Leaves the conversion as it is where no link was given out. @throws DomainError QUOTA_EXCEEDED. */
  revokeLinks(id: string, ownerId: string): Promise<ConversionDocument>
  delete(id: string, ownerId: string): Promise<void>
}

export interface ConversionsDependencies {
  readonly ledger: Ledger
  readonly uploads: Pick<Uploads, 'readReady' | 'pin'>
  readonly intents: Pick<BlobIntents, 'reopen'>
  readonly allowConversion: AllowConversion
}

/** What the owner is told where a command is refused; the conversion as it is where it shows the effect already. */
function refused({ refusal, record }: Extract<Applied, { ok: false }>): ConversionDocument {
  switch (refusal) {
    case 'NOTHING_TO_REVOKE':
      if (record !== null && record.status !== 'DELETED') return record
      throw new DomainError('NOT_FOUND')
    case 'TOO_MANY_REVOCATIONS':
      throw new DomainError('QUOTA_EXCEEDED', tooManyRevocations, {
        details: { limit: 'revocations', allowed: mostRevocations },
      })
    case 'ALREADY_FINISHED':
      throw new DomainError('ALREADY_FINISHED')
    default:
      throw new DomainError('NOT_FOUND')
  }
}

const tooManyRevocations = `The links of a conversion can be revoked ${mostRevocations} times; delete the conversion to end those that are left.`

export function createConversions({
  ledger,
  uploads,
  intents,
  allowConversion,
}: ConversionsDependencies): Conversions {
  const readOwned = async (id: string, ownerId: string) => {
    const record = await ledger.read(id)
    if (record?.ownerId !== ownerId || record.status === 'DELETED') throw new DomainError('NOT_FOUND')
    return record
  }
  const apply = async (id: string, ownerId: string, command: Command) => {
    await readOwned(id, ownerId)
    const applied = await ledger.apply(id, command)
    if (applied.ok && applied.record.status !== 'DELETED') return applied.record
    if (!applied.ok) return refused(applied)
    throw new DomainError('NOT_FOUND')
  }

  const { start, startAgain } = createStartConversion({ ledger, uploads, allowConversion })
  return {
    readOwned,
    start,
    cancel: (id, ownerId) => apply(id, ownerId, { type: 'cancel' }),
    revokeLinks: (id, ownerId) => apply(id, ownerId, { type: 'revokeLinks' }),
    async retry(id, account, idempotencyKey, requestId) {
      const failed = await readOwned(id, account.userId)
      if (failed.status !== 'FAILED' && failed.status !== 'CANCELLED') throw new DomainError('NOT_RETRYABLE')
      try {
        return await startAgain(account, failed, idempotencyKey, requestId)
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
