/** Tells subscribers how far a running conversion is; what gets lost on the way does no harm. */
import type { ConversionDocument, Progress } from '#schema/documents/conversion-document.ts'
import { conversionProgressedSchema } from '#schema/messages/conversion-progressed.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'

/** @returns what is told each progress of one attempt; a few of a second go on to subscribers. */
export type ReportProgress = (conversion: ConversionDocument) => (progress: Progress) => void

/** Less than the half second after which ffmpeg reports again: there is one for each segment, on each core. */
const leastIntervalMs = 400

export function createReportProgress(
  publisher: Pick<Publisher, 'publishTransient'>,
  monotonicMs: () => number = () => performance.now(),
): ReportProgress {
  return ({ _id, attempt, revision }) => {
    let toldAtMs = Number.NEGATIVE_INFINITY
    return (progress) => {
      if (monotonicMs() - toldAtMs < leastIntervalMs) return
      toldAtMs = monotonicMs()
      publisher.publishTransient({
        exchange: exchanges.progress,
        routingKey: `conversion.${_id}`,
        schema: conversionProgressedSchema,
        body: { conversionId: _id, attempt, sequence: revision, progress, at: new Date().toISOString() },
      })
    }
  }
}
