/** Conversions: what their owner can ask of them, and how their e-mails stand. */
import type { Db } from 'mongodb'
import type { Ledger } from '#ledger/ledger.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { Publisher } from '#runtime/rabbit/publisher.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import type { QuotaParts } from '#media/quotas/start-quotas.ts'
import { createAllowConversion } from './allow-conversion.ts'
import { createConversionResolvers } from './conversion-resolvers.ts'
import { createConversions } from './conversions.ts'
import { createMailReader } from './mail-reader.ts'
import { createRequestResend } from './request-resend.ts'

export interface ServeConversionsDependencies {
  readonly database: Db
  readonly ledger: Ledger
  readonly uploads: Uploads
  readonly uploadStore: UploadStore
  readonly intents: BlobIntents
  readonly publisher: Publisher
  readonly quotas: QuotaParts
}

export function serveConversions(dependencies: ServeConversionsDependencies) {
  const { database, ledger, uploads, uploadStore, intents, publisher, quotas } = dependencies
  const { usage, settings, throttles } = quotas
  const allowConversion = createAllowConversion({ ledger, usage, settings })
  const conversions = createConversions({ ledger, uploads, intents, allowConversion })
  const readMail = createMailReader(database)
  const requestResend = createRequestResend({ readMail, publisher })
  const resolvers = createConversionResolvers({
    conversions,
    ledger,
    uploadStore,
    readMail,
    requestResend,
    throttles,
  })
  return { conversions, resolvers }
}
