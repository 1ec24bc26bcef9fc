/** Lets pages of other origins use the API where they are allowed to, by the CORS protocol (https://fetch.spec.whatwg.org/#http-cors-protocol). */
import type { FastifyInstance } from 'fastify'
import { DomainError } from '#runtime/domain-error.ts'
import type { IsAllowedOrigin } from './allowed-origins.ts'

const methods = 'GET, HEAD, POST, PATCH, DELETE'
const requestHeaders = [
  ...['authorization', 'content-type', 'range', 'if-range', 'apollo-require-preflight', 'x-request-id'],
  ...['tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata', 'x-requested-with'],
  'x-http-method-override',
].join(', ')
const exposedHeaders = [
  ...['location', 'tus-resumable', 'tus-version', 'tus-extension', 'tus-max-size'],
  ...['upload-offset', 'upload-length', 'upload-expires', 'upload-metadata'],
  ...['accept-ranges', 'content-disposition', 'content-range', 'etag', 'retry-after', 'x-request-id'],
].join(', ')

/** To be called before any route is added. Nothing is ever sent with cookies, so none are allowed. */
export function answerCors(http: FastifyInstance, isAllowed: IsAllowedOrigin): void {
  http.addHook('onRequest', async ({ method, headers }, reply) => {
    const { origin } = headers
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return
    if (origin === undefined || !isAllowed(origin))
      throw new DomainError('BAD_REQUEST', 'Pages of this origin may not use this API.')
    return await reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': requestHeaders,
        'access-control-max-age': '600',
      })
      .send()
  })
  // Last of all, so that what a subgraph says about it is replaced.
  http.addHook('onSend', async ({ headers: { origin } }, reply) => {
    for (const name of Object.keys(reply.getHeaders()))
      if (/^access-control-(allow-origin|allow-credentials|expose-headers)$/.test(name))
        void reply.removeHeader(name)
    void reply.header('vary', varyingBy(reply.getHeader('vary'), 'origin'))
    if (origin !== undefined && isAllowed(origin))
      void reply.headers({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': exposedHeaders,
      })
  })
}

/** What an answer depends on already, and this besides. */
const varyingBy = (known: number | string | string[] | undefined, name: string): string =>
  [known ?? [], name].flat().join(', ')
