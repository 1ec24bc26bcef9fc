/** tus 1.0 at /uploads: creation, resume, termination and expiration, into this replica's disk. */
import { randomUUID } from 'node:crypto'
import { EVENTS, Server, type ServerOptions } from '@tus/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '#runtime/domain-error.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import { bearerToken, type AccessTokenVerifier } from '#runtime/tokens/access-token.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import { hashSecret, type UploadSecrets } from '#media/uploads/upload-secret.ts'
import type { UploadChecks } from '#media/uploads/upload-checks.ts'
import type { Uploads } from '#media/uploads/uploads.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

export interface TusRoutesDependencies {
  readonly http: HttpServer
  readonly uploads: Uploads
  readonly store: UploadStore
  readonly checks: UploadChecks
  readonly files: ReceivedFiles
  readonly secrets: UploadSecrets
  readonly accessTokens: AccessTokenVerifier
  readonly replica: number
  readonly maximumBytes: number
  readonly log: Logger
}

type TusRequest = Parameters<NonNullable<ServerOptions['onIncomingRequest']>>[0]

export async function addTusRoutes(dependencies: TusRoutesDependencies): Promise<void> {
  const { http, replica } = dependencies
  const tus = createTusServer(dependencies)
  await http.register(async (scope) => {
    // The bytes go straight to tus: nothing may read or buffer them on the way.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    const handle = async (request: FastifyRequest, reply: FastifyReply) => {
      reply.hijack()
      // An upload may take hours; its own expiry bounds it.
      request.raw.socket.setTimeout(0)
      await tus.handle(request.raw, reply.raw)
    }
    const methods = ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'] as const
    scope.route({ method: ['POST', 'OPTIONS'], url: '/uploads', handler: handle })
    scope.route({
      method: [...methods],
      url: `/uploads/${replica}/:secret`,
      exposeHeadRoute: false,
      handler: handle,
    })
  })
}

function createTusServer({
  uploads,
  store,
  checks,
  files,
  secrets,
  accessTokens,
  replica,
  maximumBytes,
  log,
}: TusRoutesDependencies): Server {
  const server = new Server({
    path: '/uploads',
    datastore: files.tus,
    maxSize: maximumBytes,
    postReceiveInterval: 2_000,
    // The store's file is named by the hash, so the secret itself is nowhere on the disk.
    getFileIdFromRequest: (_request, lastPath) => (lastPath ? hashSecret(lastPath) : undefined),
    namingFunction: async (request, metadata) => {
      const ownerId = await ownerOf(request, accessTokens)
      const upload = await orTusError(
        uploads.create(ownerId, {
          filename: metadata?.['filename'] ?? 'upload',
          sizeBytes: Number(request.headers.get('upload-length')),
          sha256: metadata?.['sha256'],
          idempotencyKey: metadata?.['idempotencyKey'] ?? randomUUID(),
        }),
      )
      return upload.secretHash
    },
    generateUrl: (request, { id }) => createdUrls.get(request) ?? fallbackUrl(id),
    onUploadCreate: async (request, upload) => {
      const document = await store.readBySecretHash(upload.id)
      if (document) createdUrls.set(request, secrets.urlOf(document._id, replica, document.secretHash))
      return { metadata: {} }
    },
    onUploadFinish: async (_request, upload) => {
      const checking = await uploads.startChecking(upload.id)
      if (checking) checks.enqueue(checking)
      return {}
    },
    onResponseError: async (request, error) => {
      const status = 'status_code' in error ? error.status_code : 500
      const secret = /\/uploads\/\d+\/([^/?]+)$/.exec(new URL(request.url).pathname)?.[1]
      // More bytes than were declared: the file cannot be the one that was announced.
      if (status === 413 && request.method === 'PATCH' && secret) {
        await uploads.reject(hashSecret(secret), new DomainError('SIZE_MISMATCH'))
      }
      if (status >= 500) log.error({ err: error }, 'an upload request failed by our fault')
      return undefined
    },
  })
  const createdUrls = new WeakMap<TusRequest, string>()
  const fallbackUrl = (id: string): never => {
    throw new Error(`upload file ${id} has no document`)
  }
  server.on(EVENTS.POST_TERMINATE, (_request: unknown, _response: unknown, id: string) => {
    uploads
      .terminate(id)
      .catch((error: unknown) => log.error({ err: error }, 'a termination was not recorded'))
  })
  server.on(EVENTS.POST_RECEIVE, (_request: unknown, upload: { id: string; offset: number }) => {
    store
      .noteReceived(upload.id, upload.offset)
      .catch((error: unknown) => log.warn({ err: error }, 'received bytes not noted'))
  })
  return server
}

async function ownerOf(request: TusRequest, accessTokens: AccessTokenVerifier): Promise<string> {
  const token = bearerToken(request.headers.get('authorization') ?? undefined)
  if (token === undefined) throw tusError(new DomainError('UNAUTHENTICATED'))
  return (await orTusError(accessTokens.verify(token))).userId
}

async function orTusError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof DomainError ? tusError(error) : error
  }
}

/** tus answers with what `status_code` and `body` of a thrown object say; the body is JSON with our code. */
function tusError(error: DomainError): { status_code: number; body: string } {
  const statuses: Partial<Record<DomainError['code'], number>> = {
    UNAUTHENTICATED: 401,
    UPLOAD_TOO_LARGE: 413,
    IDEMPOTENCY_KEY_REUSED: 409,
  }
  return {
    status_code: statuses[error.code] ?? 400,
    body: `${JSON.stringify({ code: error.code, message: error.message })}\n`,
  }
}
