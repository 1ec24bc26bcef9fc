/** Uploads: their graph, their tus endpoint, their validation, and the sweeps that end and forget them. */
import { mkdir } from 'node:fs/promises'
import type { Db } from 'mongodb'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { BlobIntents } from '#runtime/blobs/blob-intents.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { createDiskSpace } from '#runtime/disk-space.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import type { AccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import type { MediaScope } from '#media/media-settings.ts'
import type { QuotaParts } from '#media/quotas/start-quotas.ts'
import { createAllowUpload } from './allow-upload.ts'
import { createEndUploadsOf } from './end-uploads-of.ts'
import { createReceivedFiles } from './received-files.ts'
import { createHandOverBlobs } from '#media/uploads/sweeps/hand-over-blobs.ts'
import { createUploadRelease } from '#media/uploads/sweeps/release-uploads.ts'
import { createUploadSweeps } from '#media/uploads/sweeps/upload-sweeps.ts'
import { addUploadForwarding } from '#media/uploads/tus/forward-uploads.ts'
import { addTusRoutes } from '#media/uploads/tus/tus-routes.ts'
import { createUploadMetrics } from './upload-metrics.ts'
import { createUploadResolvers } from './upload-resolvers.ts'
import { createUploadSecrets } from './upload-secret.ts'
import { createUploadStore } from './upload-store.ts'
import { createUploads } from './uploads.ts'
import { startValidation } from '#media/uploads/validation/start-validation.ts'

export interface ServeUploadsDependencies {
  readonly http: HttpServer
  readonly database: Db
  readonly blobs: BlobStore
  readonly intents: BlobIntents
  readonly readConversion: (id: string) => Promise<ConversionRecord | null>
  readonly accessTokens: AccessTokenVerifier
  readonly quotas: QuotaParts
}

export async function serveUploads(scope: MediaScope, dependencies: ServeUploadsDependencies) {
  const { settings, log, signal, resources } = scope
  const { http, database, blobs, intents, readConversion, accessTokens, quotas } = dependencies
  const { UPLOAD_DIRECTORY: directory, UPLOAD_MAX_BYTES: maximumBytes, REPLICA: replica } = settings

  const uploadStore = createUploadStore(database, log)
  await retryForever('preparing the collection of uploads', uploadStore.prepare, log, signal)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const files = createReceivedFiles(directory)
  const disk = createDiskSpace({
    directory,
    reserveBytes: settings.DISK_RESERVE_BYTES,
    metrics: scope.metrics,
  })
  const secrets = createUploadSecrets(settings.UPLOAD_KEYS, settings.PUBLIC_URL)
  const allowUpload = createAllowUpload({ uploadStore, disk, replica, ...quotas })
  const uploads = createUploads({ uploadStore, secrets, files, replica, maximumBytes, allowUpload })
  const proofs = { accessTokens, routerKeys: settings.ROUTER_MEDIA_KEY }
  const metrics = createUploadMetrics(scope.metrics)
  const parts = { uploads, uploadStore, files, secrets, intents, metrics }

  const validation = await startValidation(scope, { ...parts, blobs })
  await addTusRoutes({ http, ...parts, validation, ...quotas, ...proofs, replica, maximumBytes, log })
  resources.use(await addUploadForwarding({ http, replica, replicas: settings.MEDIA_REPLICAS, log }))

  const handOverBlobs = createHandOverBlobs(parts)
  const release = createUploadRelease({ uploadStore, readConversion, handOverBlobs, log })
  const sweeps = createUploadSweeps({ ...parts, release, handOverBlobs })
  for (const [name, sweep] of Object.entries(sweeps))
    resources.use(repeat(sweep, { name, everyMs: 30_000, log }))

  return {
    uploads,
    uploadStore,
    conversionChanged: release.conversionChanged,
    endUploadsOf: createEndUploadsOf({ ...parts, handOverBlobs }),
    resolvers: createUploadResolvers({ uploads, secrets, files, replica, throttles: quotas.throttles }),
  }
}
