/** The HTTP server of media. */
import {
  createHttpServer,
  type HttpServer,
  type HttpServerDependencies,
} from '#runtime/process/http-server.ts'

export function createMediaHttpServer(dependencies: HttpServerDependencies): HttpServer {
  // Slow uploads are welcome: tus bounds them, not a timer.
  return createHttpServer(dependencies, { requestTimeout: 0 })
}
