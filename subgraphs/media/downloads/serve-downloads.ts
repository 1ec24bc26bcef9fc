/** Downloads: the links that the graph gives out, and the route that serves them. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { downloadLimitsOf } from '#runtime/downloads/download-settings.ts'
import { createClientAddress, createProxyTrust } from '#runtime/network/client-address.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { MediaScope } from '#media/media-settings.ts'
import { addDownloadRoutes } from './download-routes.ts'
import { createMp3Resolvers } from './mp3-resolvers.ts'

export interface ServeDownloadsDependencies {
  readonly http: HttpServer
  readonly blobs: BlobStore
  readonly readConversion: (id: string) => Promise<ConversionRecord | null>
  readonly ledger: Pick<Ledger, 'markLinksGiven'>
}

export async function serveDownloads(
  { settings, log }: MediaScope,
  dependencies: ServeDownloadsDependencies,
) {
  const { PUBLIC_URL: publicUrl, LINK_KEYS: linkKeys, ROUTER_MEDIA_KEY: routerKeys } = settings
  const addressBesideRouter = createClientAddress(createProxyTrust(settings.TRUSTED_PROXIES))
  const limits = downloadLimitsOf(settings)
  await addDownloadRoutes({ ...dependencies, linkKeys, routerKeys, addressBesideRouter, limits, log })
  return { resolvers: createMp3Resolvers({ publicUrl, linkKeys, ledger: dependencies.ledger }) }
}
