/** The whole media subgraph on one HTTP server: what main.ts runs as a process, and a test within its own. */
import { availableParallelism } from 'node:os'
import { mkdir } from 'node:fs/promises'
import { createRequestIdentity } from '#runtime/graphql/request-identity.ts'
import { serveSubgraph } from '#runtime/graphql/subgraph-server.ts'
import { createHttpServer, type HttpServer } from '#runtime/process/http-server.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import type { ProcessScope } from '#runtime/process/run-process.ts'
import type { AccessTokenVerifier } from '#runtime/tokens/access-token.ts'
import { createMediaSchema } from './media-schema.ts'
import type { MediaSettings } from './media-settings.ts'
import { createMediaParts } from './media-parts.ts'
import { startMediaSweeps } from './media-sweeps.ts'
import { addDownloadRoutes } from '#media/downloads/download-routes.ts'
import { serveLiveSocket } from '#media/live/live-socket.ts'
import { addUploadForwarding } from '#media/uploads/tus/forward-uploads.ts'
import { addTusRoutes } from '#media/uploads/tus/tus-routes.ts'

/** Resolves once it serves. Everything it owns is handed to the scope's resources. */
export async function startMedia(
  { settings, log, metrics, health, signal, resources }: ProcessScope<MediaSettings>,
  accessTokens: AccessTokenVerifier,
): Promise<HttpServer> {
  await mkdir(settings.UPLOAD_DIRECTORY, { recursive: true })
  const concurrency = availableParallelism()
  const parts = await createMediaParts({ settings, log, metrics, health, signal, resources, concurrency })
  const { ledger, store, blobs, uploads, uploadStore, checks, files, secrets } = parts
  await retryForever('preparing the database', parts.prepare, log, signal)

  const callers = { router: settings.ROUTER_MEDIA_KEY }
  const identify = createRequestIdentity({ subgraph: 'media', callers, accessTokens })
  const schema = await createMediaSchema(parts.resolvers)

  // Slow uploads are welcome: tus bounds them, not a timer.
  const http = createHttpServer({ health, metrics, log }, { requestTimeout: 0 })
  resources.use(await serveSubgraph({ schema, http, identify, log }))
  const linkKeys = settings.LINK_KEYS
  await addDownloadRoutes({ http, blobs, readConversion: ledger.read, linkKeys, log })
  const limits = { replica: settings.REPLICA, maximumBytes: settings.UPLOAD_MAX_BYTES }
  const tus = { uploads, uploadStore, checks, files, secrets, accessTokens, log, ...limits }
  await addTusRoutes({ http, ...tus })
  const replicas = settings.MEDIA_REPLICAS
  resources.use(await addUploadForwarding({ http, replica: settings.REPLICA, replicas, log }))
  await http.listen({ host: settings.HOST, port: settings.PORT })
  resources.defer(() => http.close())
  resources.use(serveLiveSocket({ http, schema, identify, log }))
  resources.use(startMediaSweeps({ ...parts, store, log }))
  return http
}
