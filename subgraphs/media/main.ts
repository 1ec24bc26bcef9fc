/** The media subgraph: uploads, conversions, downloads, and their live news. */
import { availableParallelism } from 'node:os'
import { mkdir } from 'node:fs/promises'
import { createRequestIdentity } from '#runtime/graphql/request-identity.ts'
import { serveSubgraph } from '#runtime/graphql/subgraph-server.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import { runProcess } from '#runtime/process/run-process.ts'
import { createAccessTokenVerifier } from '#runtime/tokens/access-token.ts'
import { createMediaSchema } from '#media/media-schema.ts'
import { mediaSettings } from '#media/media-settings.ts'
import { createMediaParts } from '#media/media-parts.ts'
import { startMediaSweeps } from '#media/media-sweeps.ts'
import { addDownloadRoutes } from '#media/downloads/download-routes.ts'
import { serveLiveSocket } from '#media/live/live-socket.ts'
import { addTusRoutes } from '#media/uploads/tus-routes.ts'

await runProcess('media', mediaSettings, async ({ settings, log, metrics, health, signal, resources }) => {
  await mkdir(settings.UPLOAD_DIRECTORY, { recursive: true })
  const concurrency = availableParallelism()
  const parts = await createMediaParts({ settings, log, health, signal, resources, concurrency })
  const { ledger, store, blobs, uploads, uploadStore, checks } = parts
  await retryForever('preparing the database', parts.prepare, log, signal)

  const accessTokens = createAccessTokenVerifier(
    settings.PUBLIC_URL,
    `${settings.AUTH_URL}/.well-known/jwks.json`,
  )
  const identify = createRequestIdentity({
    subgraph: 'media',
    callers: { router: settings.ROUTER_MEDIA_KEY },
    accessTokens,
  })
  const schema = await createMediaSchema(parts.resolvers)

  // Slow uploads are welcome: tus bounds them, not a timer.
  const http = createHttpServer({ health, metrics, log }, { requestTimeout: 0 })
  resources.use(await serveSubgraph({ schema, http, identify, log }))
  const linkKeys = settings.LINK_KEYS
  addDownloadRoutes({ http, blobs, readConversion: ledger.read, linkKeys, log })
  const limits = { replica: settings.REPLICA, maximumBytes: settings.UPLOAD_MAX_BYTES }
  await addTusRoutes({
    http,
    uploads,
    store: uploadStore,
    checks,
    files: parts.files,
    secrets: parts.secrets,
    accessTokens,
    log,
    ...limits,
  })
  await http.listen({ host: settings.HOST, port: settings.PORT })
  resources.defer(() => http.close())
  resources.use(serveLiveSocket({ http, schema, identify, log }))

  await checks.resume()
  resources.use(startMediaSweeps({ ...parts, store, log }))
})
