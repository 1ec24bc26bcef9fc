/** Serves MP3s at /downloads/{token}: the token is all the authorisation there is. */
import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ConversionRecord, Mp3Document } from '#schema/documents/conversion-document.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { verifyLinkToken } from '#runtime/tokens/link-token.ts'
import { answerRange } from '#media/downloads/byte-range.ts'
import { downloadErrorPage } from '#media/downloads/download-error-page.ts'

export interface DownloadRoutesDependencies {
  readonly http: HttpServer
  readonly blobs: Pick<BlobStore, 'read'>
  readonly readConversion: (id: string) => Promise<ConversionRecord | null>
  readonly linkKeys: RotatingKeys
  readonly log: Logger
}

type DownloadRequest = FastifyRequest<{ Params: { token: string } }>

const statusOf: Partial<Record<DomainError['code'], number>> = {
  LINK_INVALID: 404,
  LINK_EXPIRED: 410,
  LINK_REVOKED: 410,
  NOT_FOUND: 410,
}

export function addDownloadRoutes({
  http,
  blobs,
  readConversion,
  linkKeys,
  log,
}: DownloadRoutesDependencies): void {
  http.get('/downloads/:token', { exposeHeadRoute: true }, async (request: DownloadRequest, reply) => {
    try {
      const mp3 = await findMp3(request.params.token, readConversion, linkKeys)
      return await sendMp3(mp3, request, reply, blobs, log)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return await sendError(error, request, reply)
    }
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
    throw new DomainError('NOT_FOUND', 'This MP3 was deleted by its owner.')
  if (link.linkGeneration !== conversion.linkGeneration) throw new DomainError('LINK_REVOKED')
  const mp3 = conversion.mp3s.find((candidate) => candidate.id === link.mp3Id)
  if (mp3 === undefined) throw new DomainError('LINK_INVALID')
  return mp3
}

async function sendMp3(
  mp3: Mp3Document,
  request: DownloadRequest,
  reply: FastifyReply,
  blobs: Pick<BlobStore, 'read'>,
  log: Logger,
) {
  const etag = `"${mp3.sha256}"`
  const answer = answerRange(request.headers, mp3.sizeBytes, etag)
  void reply.code(answer.status).headers({
    etag,
    'accept-ranges': 'bytes',
    // The link is a secret of its holder: caches on the way must not keep what it opens.
    'cache-control': 'private, max-age=0, must-revalidate',
    'content-disposition': contentDisposition(mp3.filename, { type: 'inline' }),
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
  const bytes = blobs.read(mp3.blobId, answer.range)
  bytes.once('error', (error) => log.error({ err: error, blobId: mp3.blobId }, 'a download broke off'))
  return await reply.send(bytes)
}

async function sendError(error: DomainError, request: DownloadRequest, reply: FastifyReply) {
  void reply.code(statusOf[error.code] ?? 400).header('cache-control', 'no-store')
  if (request.headers.accept?.includes('text/html')) {
    const { html, contentSecurityPolicy } = downloadErrorPage(error.message)
    return await reply
      .header('content-security-policy', contentSecurityPolicy)
      .type('text/html; charset=utf-8')
      .send(html)
  }
  return await reply.send({ code: error.code, message: error.message })
}
