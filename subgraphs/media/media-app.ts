/** The whole media subgraph on one HTTP server: what main.ts runs as a process, and a test within its own. */
import { createRequestIdentity } from '#runtime/graphql/request-identity.ts'
import { serveSubgraph } from '#runtime/graphql/subgraph-server.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { createHttpServer, type HttpServer } from '#runtime/process/http-server.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { refuseEndedSessions } from '#runtime/tokens/refuse-ended-sessions.ts'
import { listenForRevocations } from '#runtime/tokens/revoked-sessions.ts'
import type { AccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import { startBlobs } from '#media/blobs/start-blobs.ts'
import { startCollector } from '#media/blobs/start-collector.ts'
import { serveConversions } from '#media/conversions/serve-conversions.ts'
import { startLedger } from '#media/conversions/start-ledger.ts'
import { serveDownloads } from '#media/downloads/serve-downloads.ts'
import { serveSubscriptionSocket } from '#media/live/subscription-socket.ts'
import { serveLive } from '#media/live/serve-live.ts'
import { serveUsage } from '#media/quotas/serve-usage.ts'
import { startQuotas } from '#media/quotas/start-quotas.ts'
import { startRemovals } from '#media/removals/start-removals.ts'
import { serveUploads } from '#media/uploads/serve-uploads.ts'
import { createMediaSchema } from './media-schema.ts'
import type { MediaScope } from './media-settings.ts'

/** Resolves once it serves. Everything it owns is handed to the scope's resources. */
export async function startMedia(scope: MediaScope, verifier: AccessTokenVerifier): Promise<HttpServer> {
  const { settings, log, health, signal, resources } = scope
  const { database } = resources.use(connectMongo(settings.MONGODB_URL, health))
  const rabbit = resources.use(await connectRabbit(settings.RABBITMQ_URL, log, health, signal))
  const publisher = resources.use(await createPublisher(rabbit))
  const revoked = resources.use(await listenForRevocations(rabbit, log))
  const accessTokens = refuseEndedSessions(verifier, revoked.has)
  const http = createHttpServer({ log, servesOurOwn: true })

  const { blobs, intents, holds } = await startBlobs(scope, database)
  const ledger = await startLedger(scope, { database, rabbit, publisher, intents })
  const readConversion = ledger.read
  const stored = { http, database, blobs, intents, holds, readConversion }
  const quotas = await startQuotas(scope, database)
  const uploads = await serveUploads(scope, { ...stored, accessTokens, quotas })
  const conversions = serveConversions({ ...stored, ...uploads, ledger, publisher, quotas })
  const usage = serveUsage({ ...uploads, ledger, quotas })
  const downloads = await serveDownloads(scope, { ...stored, ledger })
  const live = await serveLive(scope, { rabbit, ...conversions, onChange: uploads.conversionChanged })
  await startRemovals(scope, { database, rabbit, publisher, ledger, ...conversions, ...uploads })
  startCollector(scope, stored, { readUpload: uploads.uploadStore.read, readConversion })

  const features = [uploads, conversions, downloads, live, usage]
  const schema = await createMediaSchema(
    features.map(({ resolvers }) => resolvers),
    settings.ANSWER_ITEMS,
  )
  const callers = { router: settings.ROUTER_MEDIA_KEY }
  const identify = createRequestIdentity({ subgraph: 'media', callers, accessTokens })
  resources.use(await serveSubgraph({ schema, http, identify, log }))
  await http.listen({ host: settings.HOST, port: settings.PORT })
  resources.defer(() => http.close())
  resources.use(serveSubscriptionSocket({ http, schema, identify, log }))
  return http
}
