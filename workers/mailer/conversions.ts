/** Reads the conversions that mails are about; the ledger alone writes them. */
import type { Db } from 'mongodb'
import { conversionRecordSchema, type ConversionDocument } from '#schema/documents/conversion-document.ts'

export interface Conversions {
  /** Null when it was deleted, or is not there. */
  read(id: string): Promise<ConversionDocument | null>
}

export function createConversions(database: Db): Conversions {
  const conversions = database.collection<{ _id: string }>('conversions')
  return {
    async read(id) {
      const found = await conversions.findOne({ _id: id })
      if (found === null) return null
      const record = conversionRecordSchema.parse(found)
      return record.status === 'DELETED' ? null : record
    },
  }
}
