/** Passes HTTP requests on to another of our processes, byte by byte, in both directions. */
import httpProxy from '@fastify/http-proxy'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerBase,
  RouteGenericInterface,
} from 'fastify'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { Agent } from 'undici'
import { sendByteError } from '#runtime/byte-error.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from './log.ts'

export interface PassThroughOptions {
  /** What begins with the prefix goes to the origin, under the same path. */
  readonly routes: readonly { readonly prefix: string; readonly origin: string }[]
  /** Sent along; they replace whatever the client said under these names. */
  readonly headers?: (request: IncomingMessage) => Readonly<Record<string, string>>
  /** Answers what must not be passed on, and says whether it did. */
  readonly refuse?: (request: FastifyRequest, reply: FastifyReply) => boolean
  /** Resolves when the request may be passed on, to what is called once the other side has answered it. @throws DomainError */
  readonly admit?: (request: FastifyRequest, reply: PassThroughReply) => Promise<() => void>
  readonly log: Logger
}

/** On a server of any kind. */
export type PassThroughReply = FastifyReply<RouteGenericInterface, RawServerBase>

/** A body may take as long as it takes; the bytes wait in the sender when the receiver is slow. */
export async function addPassThrough(
  http: FastifyInstance,
  {
    routes,
    headers: added = () => ({}),
    refuse = () => false,
    admit = async () => () => undefined,
    log,
  }: PassThroughOptions,
): Promise<AsyncDisposable> {
  const answered = new WeakMap<object, () => void>()
  const agent = new Agent({ connectTimeout: 3_000, headersTimeout: 0, bodyTimeout: 0, pipelining: 1 })
  await http.register(async (scope) => {
    // A body that some parser knows would be read whole before it is passed on.
    scope.removeAllContentTypeParsers()
    // For what fails before it is passed on.
    scope.addHook('onError', async (request) => answered.get(request)?.())
    for (const { prefix, origin } of routes) {
      await scope.register(httpProxy, {
        upstream: origin,
        prefix,
        rewritePrefix: prefix,
        undici: agent,
        disableRequestLogging: true,
        // What failed is told below; the library would tell it with a stack trace, for each client that goes away.
        logLevel: 'silent',
        // It would keep addresses, and those of uploads and downloads are secrets.
        disableCache: true,
        internalRewriteLocationHeader: false,
        preHandler: (request, reply, done) => {
          if (refuse(request, reply)) return
          if (request.body === request.raw) request.body = copyOf(request.raw)
          const pass = (whenAnswered: () => void) => {
            answered.set(request, whenAnswered)
            done()
          }
          admit(request, reply).then(pass, (error: Error) => done(error))
        },
        replyOptions: {
          // A stream can be sent once only.
          retryDelay: () => null,
          rewriteRequestHeaders: (request, headers) => ({
            ...forwardable(headers),
            ...added(request.raw as IncomingMessage),
            'x-request-id': request.id,
          }),
          rewriteHeaders: (headers, request) => {
            answered.get(request!)?.()
            return withoutHop(headers)
          },
          onError: (reply, { error }) => {
            answered.get(reply.request)?.()
            const requestId = reply.request.id
            const { socket } = reply.raw as ServerResponse
            if (socket === null || socket.destroyed)
              log.debug({ origin, requestId }, 'a client went away while its request was forwarded')
            else
              log.warn(
                { err: error.cause ?? error, origin, requestId },
                'a request could not be forwarded; its client is told to come again',
              )
            sendUnavailable(reply)
          },
        },
      })
    }
  })
  return { [Symbol.asyncDispose]: () => agent.close() }
}

/** The other side cannot be reached; it may be there again in a moment. */
export function sendUnavailable(reply: FastifyReply<RouteGenericInterface, RawServerBase>): void {
  sendByteError(reply.header('retry-after', '1'), new DomainError('SERVICE_UNAVAILABLE'))
}

/**
 * A body to be given away. undici destroys the one it has when the other side fails or answers early, and on a destroyed
 * request Node never reads on to the next one of the connection.
 */
function copyOf(body: IncomingMessage): PassThrough {
  const copy = new PassThrough()
  body.pipe(copy)
  body.once('close', () => {
    if (!body.complete) copy.destroy()
  })
  copy.once('close', () => body.resume())
  return copy
}

/** What only one hop may say, or what a client could say about itself. */
const dropped =
  /^(x-earshot-.*|x-forwarded-.*|x-real-ip|forwarded|via|cookie|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*)$/

/** What an answer says of the connection that it came by; ours to the client is kept or ended as the client asked. */
const ofOneHop = /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/

const withoutHop = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneHop.test(name)))

const forwardable = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.test(name)))
