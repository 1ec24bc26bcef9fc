/**
 * Whether an upload that was announced may be sent: judged once it is in the database, with all others that are, so that many
 * announcements at once are no more than one after another.
 */
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { DiskSpace } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Account } from '#media/quotas/account.ts'
import type { DailyUsage } from '#media/quotas/daily-usage.ts'
import { quotaExceeded } from '#media/quotas/quota-exceeded.ts'
import type { QuotaSettings } from '#media/quotas/quota-settings.ts'
import type { UploadStore } from './upload-store.ts'

export interface AllowUploadDependencies {
  readonly uploadStore: Pick<UploadStore, 'underWayOf' | 'bytesPromised'>
  readonly disk: DiskSpace
  readonly replica: number
  readonly usage: Pick<DailyUsage, 'take'>
  readonly settings: Pick<
    QuotaSettings,
    'MOST_UPLOADS_UNDER_WAY' | 'MOST_UPLOAD_BYTES_UNDER_WAY' | 'UPLOAD_PROMISE_SECONDS'
  >
  readonly now?: () => Date
}

/** @throws DomainError QUOTA_EXCEEDED, STORAGE_FULL. */
export type AllowUpload = (account: Account, upload: UploadDocument) => Promise<void>

const advice = 'Finish an upload, or give one up, before you begin another.'

export function createAllowUpload({
  uploadStore,
  disk,
  replica,
  usage,
  settings,
  now = () => new Date(),
}: AllowUploadDependencies): AllowUpload {
  const { MOST_UPLOADS_UNDER_WAY: mostUploads, MOST_UPLOAD_BYTES_UNDER_WAY: mostBytes } = settings
  return async (account, { ownerId, sizeBytes }) => {
    const underWay = await uploadStore.underWayOf(ownerId)
    for (const [limit, allowed, actual] of [
      ['UPLOADS_UNDER_WAY', mostUploads, underWay.count],
      ['UPLOAD_BYTES_UNDER_WAY', mostBytes, underWay.sizeBytes],
    ] as const)
      if (actual > allowed) throw quotaExceeded({ limit, allowed, actual, until: null, advice }, now())
    // Of all together, this one included: free space is promised once.
    const since = new Date(now().getTime() - settings.UPLOAD_PROMISE_SECONDS * 1_000)
    if (!(await disk.hasRoomFor(await uploadStore.bytesPromised(replica, since))))
      throw new DomainError('STORAGE_FULL')
    await usage.take(account, { uploadedBytes: sizeBytes })
  }
}
