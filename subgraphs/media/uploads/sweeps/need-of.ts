/** Whether a conversion still needs an upload that it has pinned. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'

/**
 * `needed`: the upload must stay. `unneeded`: not for this conversion; the upload stays until it expires by itself.
 * `served`: it was there for this conversion, and may go at once.
 */
export type Need = 'needed' | 'unneeded' | 'served'

/** The source of a failed conversion stays this long: for a retry, and for the operator. */
const failedRetentionMs = 7 * 24 * 3_600_000

/** @param conversion Null when there is none: `startConversion` pins before it inserts. */
export function needOf(
  conversion: ConversionRecord | null,
  upload: Pick<UploadDocument, '_id' | 'purpose'>,
  now: Date,
): Need {
  if (conversion === null) return 'needed'
  // Two requests under one key can pin two uploads; only one of them is converted.
  if (!uploadsOf(conversion).includes(upload._id)) return 'unneeded'
  // A cover may be that of conversions yet to come.
  const served = upload.purpose === 'COVER' ? 'unneeded' : 'served'
  switch (conversion.status) {
    case 'QUEUED':
    case 'RUNNING':
      return 'needed'
    case 'FAILED':
      return now.getTime() - conversion.finishedAt.getTime() < failedRetentionMs ? 'needed' : served
    // Cancelling is often a correction of the options.
    case 'CANCELLED':
      return 'unneeded'
    case 'SUCCEEDED':
    case 'DELETED':
      return served
  }
}

function uploadsOf(conversion: ConversionRecord): string[] {
  if (conversion.status === 'DELETED') return [conversion.uploadId]
  const { source, output } = conversion
  return [source.uploadId, ...(output.cover.uploadId === null ? [] : [output.cover.uploadId])]
}
