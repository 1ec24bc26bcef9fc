/** Tells subscribers how far a running conversion is; what gets lost on the way does no harm. */
import type { ConversionDocument, Progress } from '#schema/documents/conversion-document.ts'
import { conversionProgressedSchema } from '#schema/messages/conversion-progressed.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'

export type ReportProgress = (conversion: ConversionDocument, progress: Progress) => void

export function createReportProgress(publisher: Pick<Publisher, 'publishTransient'>): ReportProgress {
  return ({ _id, attempt, revision }, progress) =>
    publisher.publishTransient({
      exchange: exchanges.progress,
      routingKey: `conversion.${_id}`,
      schema: conversionProgressedSchema,
      body: { conversionId: _id, attempt, sequence: revision, progress, at: new Date().toISOString() },
    })
}
