/** An MP3 with the conversion it belongs to, as resolvers hand it on. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'

export interface Mp3Source extends Mp3Document {
  readonly conversion: ConversionDocument
}
