/** Passes uploads and downloads through to the media subgraph, byte by byte, in both directions. */
import httpProxy from '@fastify/http-proxy'
import type { FastifyInstance } from 'fastify'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent } from 'undici'
import type { Logger } from '#runtime/process/log.ts'
import { errorBody } from './http-errors.ts'

export interface ProxyDependencies {
  /** The media subgraph's. */
  readonly origin: string
  readonly log: Logger
}

const prefixes = ['/uploads', '/downloads']

/** A body may take as long as it takes; the bytes wait in the sender when the receiver is slow. */
export async function addProxy(
  http: FastifyInstance,
  { origin, log }: ProxyDependencies,
): Promise<AsyncDisposable> {
  const agent = new Agent({ connectTimeout: 3_000, headersTimeout: 0, bodyTimeout: 0, pipelining: 1 })
  await http.register(async (scope) => {
    // A body that some parser knows would be read whole before it is passed on.
    scope.removeAllContentTypeParsers()
    for (const prefix of prefixes) {
      await scope.register(httpProxy, {
        upstream: origin,
        prefix,
        rewritePrefix: prefix,
        undici: agent,
        disableRequestLogging: true,
        // It would keep addresses, and those of uploads and downloads are secrets.
        disableCache: true,
        internalRewriteLocationHeader: false,
        replyOptions: {
          // A stream can be sent once only.
          retryDelay: () => null,
          rewriteRequestHeaders: (request, headers) => forwardable(headers, request.id),
          onError: (reply, { error }) => {
            log.warn({ err: error.cause ?? error, requestId: reply.request.id }, 'media did not answer')
            void reply.code(503).header('retry-after', '1').send(errorBody('SERVICE_UNAVAILABLE'))
          },
        },
      })
    }
  })
  return { [Symbol.asyncDispose]: () => agent.close() }
}

/** What only one hop may say, or what a client could say about itself. */
const dropped =
  /^(x-earshot-.*|x-forwarded-.*|x-real-ip|forwarded|via|cookie|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*)$/

function forwardable(headers: IncomingHttpHeaders, requestId: string): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !dropped.test(name))
  return { ...Object.fromEntries(kept), 'x-request-id': requestId }
}
