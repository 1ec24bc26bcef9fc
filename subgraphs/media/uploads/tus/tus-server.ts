/** The tus protocol over our uploads: who may create, under which URL, and what follows the last byte. */
import { randomUUID } from 'node:crypto'
import { EVENTS, type Server, type ServerOptions } from '@tus/server'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'
import type { Logger } from '#runtime/process/log.ts'
import { bearerToken, type AccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { clientAddressOf } from '#media/client-address-of.ts'
import { accountOf } from '#media/quotas/account.ts'
import type { OrderThrottles } from '#media/quotas/order-throttles.ts'
import type { ReceivedFiles } from '#media/uploads/received-files.ts'
import { TusServer } from './tus-protocol.ts'
import { tusRefusalOf } from './tus-refusal.ts'
import { UploadDataStore } from './upload-data-store.ts'
import { createUploadLocks } from './upload-locks.ts'
import type { ValidationQueue } from '#media/uploads/validation/validation-queue.ts'
import { hashSecret, type UploadSecrets } from '#media/uploads/upload-secret.ts'
import type { UploadMetrics } from '#media/uploads/upload-metrics.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'
import type { Uploads } from '#media/uploads/uploads.ts'

export interface TusServerDependencies {
  readonly uploads: Uploads
  readonly uploadStore: UploadStore
  readonly validation: Pick<ValidationQueue, 'enqueue'>
  readonly files: ReceivedFiles
  readonly secrets: UploadSecrets
  readonly accessTokens: AccessTokenVerifier
  readonly routerKeys: RotatingKeys
  readonly throttles: Pick<OrderThrottles, 'upload'>
  readonly replica: number
  readonly maximumBytes: number
  readonly metrics: UploadMetrics
  readonly log: Logger
}

type TusRequest = Parameters<NonNullable<ServerOptions['onIncomingRequest']>>[0]

export function createTusServer(dependencies: TusServerDependencies): Server {
  const { uploads, uploadStore, validation, secrets, accessTokens, replica, maximumBytes, log } = dependencies
  const { routerKeys, throttles } = dependencies
  const addressOf = ({ method, url, headers }: TusRequest) => {
    const { pathname, search } = new URL(url)
    return clientAddressOf({ method, url: `${pathname}${search}` }, Object.fromEntries(headers), routerKeys)
  }
  /** The upload that a request creates, from its name to its answer. */
  const created = new WeakMap<TusRequest, { readonly secretHash: string; readonly url: string }>()
  const server = new TusServer({
    path: '/uploads',
    datastore: new UploadDataStore(dependencies),
    maxSize: maximumBytes,
    // The router says which pages may come.
    allowedOrigins: () => false,
    postReceiveInterval: 2_000,
    locker: createUploadLocks(),
    // The store's file is named by the hash, so the secret itself is nowhere on the disk.
    getFileIdFromRequest: (request) => secretHashOf(request, replica),
    // This inserts the upload, whose document gives the name: the library has no hook for creating that comes before.
    namingFunction: async (request, metadata = {}) => {
      const identity = await identityOf(request, accessTokens)
      const account = accountOf({ identity, clientAddress: addressOf(request) })
      await throttles.upload(account)
      const upload = await uploads.create(account, inputOf(request, metadata))
      const { _id, secretHash } = upload
      created.set(request, { secretHash, url: secrets.urlOf(_id, upload.replica, secretHash) })
      return secretHash
    },
    generateUrl: (request) => created.get(request)!.url,
    // What it was given is in the document; the disk needs none of it.
    onUploadCreate: async () => ({ metadata: {} }),
    onUploadFinish: async (_request, { id }) => {
      const upload = await uploads.startValidating(id)
      if (upload) validation.enqueue(upload)
      return {}
    },
    onResponseError: async (request, fault) => {
      const refusal = tusRefusalOf(fault)
      // The library has headers for its own answers alone.
      if (refusal.retryAfter) request.runtime?.node?.res?.setHeader('retry-after', refusal.retryAfter)
      const secretHash = created.get(request)?.secretHash ?? secretHashOf(request, replica)
      // More bytes than were declared: the file cannot be the one that was announced.
      if (refusal.code === 'SIZE_MISMATCH' && secretHash)
        await uploads.reject(secretHash, new DomainError('SIZE_MISMATCH'))
      if (errorCodes[refusal.code].httpStatus >= 500)
        log.error({ err: fault }, 'an upload request failed by our fault; its client may try again')
      return refusal
    },
  })
  server.on(EVENTS.POST_RECEIVE, (_request: unknown, upload: { id: string; offset: number }) => {
    uploadStore
      .noteReceived(upload.id, upload.offset)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the offset of an upload was not stored; the next one may be'),
      )
  })
  return server
}

/** As `createUpload` takes it; checked where that is. */
const inputOf = ({ headers }: TusRequest, metadata: Record<string, string | null>) => ({
  filename: metadata['filename'] ?? 'upload',
  sizeBytes: Number(headers.get('upload-length')),
  sha256: metadata['sha256'],
  purpose: metadata['purpose'],
  coverFrameMs: metadata['coverFrameMs'] ? Number(metadata['coverFrameMs']) : null,
  idempotencyKey: metadata['idempotencyKey'] ?? randomUUID(),
})

/** Undefined where the URL names none, or one on another replica's disk. */
function secretHashOf(request: TusRequest, replica: number): string | undefined {
  const [, number, secret] = /\/uploads\/(\d+)\/([^/]+)\/?$/.exec(new URL(request.url).pathname) ?? []
  return secret !== undefined && Number(number) === replica ? hashSecret(secret) : undefined
}

async function identityOf(request: TusRequest, accessTokens: AccessTokenVerifier): Promise<Identity> {
  const token = bearerToken(request.headers.get('authorization') ?? undefined)
  if (token === undefined) throw new DomainError('UNAUTHENTICATED')
  return await accessTokens.verify(token)
}
