/** What a request gets that fails before or outside its feature: an error in our shape, and never its own address. */
import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyServerOptions } from 'fastify'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { byteErrorBody } from '#runtime/byte-error.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { retryAfterOf } from '#runtime/retry-after.ts'
import { knowMethods } from './known-methods.ts'
import type { Logger } from './log.ts'

export interface ErrorAnswers {
  /** The body of an answer, in the shape that this kind of client reads. */
  readonly bodyOf?: (error: DomainError, reply: FastifyReply) => object
  /** What to say of an error of the framework that is the client's fault, by the framework's code. */
  readonly messages?: Readonly<Partial<Record<string, string>>>
}

/** For requests that Fastify refuses before it knows a route. */
export const frameworkErrors =
  ({ bodyOf = byteErrorBody }: ErrorAnswers): NonNullable<FastifyServerOptions['frameworkErrors']> =>
  (_error, _request, refused) => {
    // Fastify's type for it knows no statuses and no bodies.
    const reply = refused as unknown as FastifyReply
    const error = new DomainError('BAD_REQUEST')
    void reply.code(errorCodes[error.code].httpStatus).send(bodyOf(error, reply))
  }

const unreadableStatuses: Readonly<Partial<Record<string, 408 | 431>>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
}

/** For what is no request at all, or comes too slowly to become one. Where it was to go is not known then. */
export function answerUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = unreadableStatuses[code ?? ''] ?? 400
  const body = JSON.stringify(byteErrorBody(new DomainError('BAD_REQUEST')))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    'x-content-type-options: nosniff',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

/** For an `Expect` that is not `100-continue`. Node's own answer has the connection wait for the body, for ever. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify(byteErrorBody(new DomainError('BAD_REQUEST')))
  response
    .writeHead(417, { 'content-type': 'application/json; charset=utf-8', connection: 'close' })
    .end(body)
}

export function answerErrors(
  http: FastifyInstance,
  log: Logger,
  { bodyOf = byteErrorBody, messages = {} }: ErrorAnswers,
): void {
  /** @param status Where HTTP has one that says more than the code's own. */
  const send = (reply: FastifyReply, error: DomainError, status = errorCodes[error.code].httpStatus) =>
    withRetryAfter(reply, error).code(status).send(bodyOf(error, reply))
  http.setErrorHandler(async (error: FastifyError | DomainError, request, reply) => {
    if (error instanceof DomainError) return await send(reply, error)
    const status = error.statusCode ?? 500
    if (status < 500) return await send(reply, new DomainError('BAD_REQUEST', messages[error.code]), status)
    // Without the request: an upload's or a download's address is a secret.
    log.error(
      { err: error, requestId: request.id },
      'a request failed by our fault; its client is told INTERNAL_SERVER_ERROR',
    )
    return await send(reply, new DomainError('INTERNAL_SERVER_ERROR'))
  })
  const methodsAt = knowMethods(http)
  http.setNotFoundHandler(async ({ method, url }, reply) => {
    const methods = methodsAt(url)
    if (methods.length === 0) return await send(reply, new DomainError('NOT_FOUND'))
    void reply.header('allow', methods.join(', '))
    if (method === 'OPTIONS') return await reply.code(204).send()
    return await send(reply, new DomainError('BAD_REQUEST', `Send ${listed(methods)} here.`), 405)
  })
}

const listed = (words: readonly string[]) => words.join(', ').replace(/, (?=\w+$)/, ' or ')

function withRetryAfter(reply: FastifyReply, error: DomainError): FastifyReply {
  const retryAfter = retryAfterOf(error)
  return retryAfter === undefined ? reply : reply.header('retry-after', retryAfter)
}
