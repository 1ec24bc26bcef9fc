/** What has become of an MP3's bytes, as the collector must know before it removes any. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { Fate } from '#runtime/blobs/collector.ts'
import { isSettled } from '#ledger/transition.ts'

/**
 * The id of an attempt's blob: a worker that lost its lease never writes under its successor's.
 * @param number Of the MP3, from 1, where an attempt makes several.
 */
export const outputBlobId = (conversionId: string, attempt: number, number = 1): string =>
  number === 1 ? `${conversionId}.${attempt}` : `${conversionId}.${attempt}.${number}`

export function fateOfOutput(conversion: ConversionRecord | null, blobId: string, attempt: number): Fate {
  if (conversion === null || conversion.status === 'DELETED') return 'garbage'
  if (conversion.mp3s.some((mp3) => mp3.blobId === blobId)) return 'kept'
  return isSettled(conversion) || conversion.attempt > attempt ? 'garbage' : 'undecided'
}
