/** The HTTP server of media. What it is asked for outside GraphQL is bytes, and refused in their shape. */
import { sendByteError } from '#runtime/byte-error.ts'
import { DomainError } from '#runtime/domain-error.ts'
import {
  createHttpServer,
  type HttpServer,
  type HttpServerDependencies,
} from '#runtime/process/http-server.ts'

export function createMediaHttpServer(dependencies: HttpServerDependencies): HttpServer {
  const http = createHttpServer(dependencies, {
    // Slow uploads are welcome: tus bounds them, not a timer.
    requestTimeout: 0,
    frameworkErrors: (_error, _request, reply) => sendByteError(reply, new DomainError('BAD_REQUEST')),
  })
  http.setNotFoundHandler((_request, reply) => sendByteError(reply, new DomainError('NOT_FOUND')))
  return http
}
