/** What has become of an MP3's bytes, as the collector must know before it removes any. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { Fate } from '#runtime/blobs/collector.ts'
import { isFinished } from './transition.ts'

/**
 * The id of an attempt's blob: a worker that lost its lease never writes under its successor's.
 * @param number Of the MP3, from 1, where an attempt makes several.
 * @param beginning From 1, where that MP3 is begun several times: what was written under an id is never written over.
 */
export function outputBlobId(conversionId: string, attempt: number, number = 1, beginning = 1): string {
  const id = `${conversionId}.${attempt}`
  if (beginning > 1) return `${id}.${number}.${beginning}`
  return number > 1 ? `${id}.${number}` : id
}

export function fateOfOutput(conversion: ConversionRecord | null, blobId: string, attempt: number): Fate {
  if (conversion === null || conversion.status === 'DELETED') return 'garbage'
  if (conversion.mp3s.some((mp3) => mp3.blobId === blobId)) return 'kept'
  return isFinished(conversion) || conversion.attempt > attempt ? 'garbage' : 'undecided'
}
