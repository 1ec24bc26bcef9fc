/** One piece of news about a conversion, as resolvers hand it to subscribers. */
import type { ConversionDocument, ConversionStatus } from '#schema/documents/conversion-document.ts'

export interface ConversionUpdateSource {
  readonly sequence: number
  readonly type: 'SNAPSHOT' | 'STATE' | 'PROGRESS'
  readonly status: ConversionStatus
  readonly at: Date
  readonly conversion: ConversionDocument
}
