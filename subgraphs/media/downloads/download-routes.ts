/** Serves MP3s at /downloads/{token}: the token is all the authorisation there is. */
import type { Readable } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import { fileName } from '#schema/file-names.ts'
import { errorCodes } from '#schema/errors/error-codes.ts'
import type { BlobStore, ByteRange } from '#runtime/blobs/blob-store.ts'
import { byteErrorBody } from '#runtime/byte-error.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { createDownloadGate, type DownloadLimits } from '#runtime/downloads/download-gate.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import { leavingSignalOf } from '#runtime/process/leaving-client.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { retryAfterOf } from '#runtime/retry-after.ts'
import { verifyLinkToken } from '#runtime/tokens/link-token.ts'
import { linkSpanTo } from '#runtime/tracing/trace-context.ts'
import { originOf } from '#runtime/waiting-places.ts'
import { clientAddressOf } from '#media/client-address-of.ts'
import { answerRange } from './byte-range.ts'
import { downloadErrorPage } from './download-error-page.ts'

export interface DownloadRoutesDependencies {
  readonly http: HttpServer
  readonly blobs: Pick<BlobStore, 'read'>
  readonly readConversion: (id: string) => Promise<ConversionRecord | null>
  readonly linkKeys: RotatingKeys
  readonly routerKeys: RotatingKeys
  /** Of a client that does not come through the router, as behind a gateway. */
  readonly addressBesideRouter: ClientAddressOf
  readonly limits: DownloadLimits
  readonly log: Logger
}

type DownloadRequest = FastifyRequest<{ Params: { token: string } }>

export async function addDownloadRoutes({
  http,
  blobs,
  readConversion,
  linkKeys,
  routerKeys,
  addressBesideRouter,
  limits,
  log,
}: DownloadRoutesDependencies): Promise<void> {
  const addressOf: ClientAddressOf = (request) =>
    clientAddressOf(request, request.headers, routerKeys) ?? addressBesideRouter(request)
  const admit = createDownloadGate(limits, addressOf)
  await http.register(async (scope) => {
    scope.setErrorHandler(async (error, request: DownloadRequest, reply) => {
      if (!(error instanceof DomainError))
        log.error({ err: error }, 'a download failed by our fault; its client may try again')
      // What was said of the file, before its bytes could not be read, is not about this answer.
      for (const name of Object.keys(reply.getHeaders())) void reply.removeHeader(name)
      const known = error instanceof DomainError ? error : new DomainError('INTERNAL_SERVER_ERROR')
      return await sendError(known, request, reply)
    })
    scope.route({
      // HEAD by name: the one Fastify derives from GET would say that the file is empty.
      method: ['GET', 'HEAD'],
      url: '/downloads/:token',
      handler: async (request: DownloadRequest, reply) => {
        const reader = { ...originOf(addressOf(request.raw)), signal: leavingSignalOf(reply) }
        const begun = await admit(request.raw, reply)
        const mp3 = await findMp3(request.params.token, readConversion, linkKeys).finally(begun)
        return await sendMp3(mp3, request, reply, (range) => blobs.read(mp3.blobId, range, reader))
      },
    })
  })
}

async function findMp3(
  token: string,
  readConversion: DownloadRoutesDependencies['readConversion'],
  keys: RotatingKeys,
): Promise<Mp3Document> {
  const link = await verifyLinkToken(token, keys)
  const conversion = await readConversion(link.conversionId)
  if (conversion === null || conversion.status === 'DELETED')
    throw new DomainError('DELETED', 'This MP3 was deleted by its owner.')
  linkSpanTo(conversion.traceparent)
  if (link.linkGeneration !== conversion.linkGeneration) throw new DomainError('LINK_REVOKED')
  const mp3 = conversion.mp3s.find((candidate) => candidate.id === link.mp3Id)
  if (mp3 === undefined) throw new DomainError('LINK_INVALID')
  return mp3
}

async function sendMp3(
  mp3: Mp3Document,
  request: DownloadRequest,
  reply: FastifyReply,
  read: (range: ByteRange) => Readable,
) {
  const etag = `"${mp3.sha256}"`
  const { range, ...conditions } = request.headers
  // Ranges are for GET alone (RFC 9110, section 14.2).
  const headers = request.method === 'GET' ? { range, ...conditions } : conditions
  const answer = answerRange(headers, mp3.sizeBytes, etag)
  void reply.code(answer.status).headers({
    etag,
    'accept-ranges': 'bytes',
    // The link is a secret of its holder: caches on the way must not keep what it opens.
    'cache-control': 'private, max-age=0, must-revalidate',
    'content-disposition': contentDisposition(fileName(mp3.filename), { type: 'inline' }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
  })
  if (answer.status === 416) void reply.header('content-range', `bytes */${mp3.sizeBytes}`)
  if (answer.range === null) return await reply.send()
  const { start, end } = answer.range
  void reply.type('audio/mpeg').header('content-length', end - start + 1)
  if (answer.status === 206) void reply.header('content-range', `bytes ${start}-${end}/${mp3.sizeBytes}`)
  if (request.method === 'HEAD') return await reply.send()
  return await reply.send(read(answer.range))
}

async function sendError(error: DomainError, request: DownloadRequest, reply: FastifyReply) {
  void reply.code(errorCodes[error.code].httpStatus).header('cache-control', 'no-store')
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter)
  if (request.headers.accept?.includes('text/html')) {
    const { html, contentSecurityPolicy } = downloadErrorPage(error.message)
    return await reply
      .header('content-security-policy', contentSecurityPolicy)
      .type('text/html; charset=utf-8')
      .send(html)
  }
  return await reply.send(byteErrorBody(error))
}
