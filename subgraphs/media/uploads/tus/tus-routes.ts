/** tus 1.0 at /uploads: creation, resume, termination and expiration, into this replica's disk. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '#runtime/process/http-server.ts'
import { createTusServer, type TusServerDependencies } from './tus-server.ts'

export interface TusRoutesDependencies extends TusServerDependencies {
  readonly http: HttpServer
}

export async function addTusRoutes({ http, ...dependencies }: TusRoutesDependencies): Promise<void> {
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
    scope.route({ method: ['POST', 'OPTIONS'], url: '/uploads', handler: handle })
    scope.route({
      method: ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      url: `/uploads/${dependencies.replica}/:secret`,
      exposeHeadRoute: false,
      handler: handle,
    })
  })
}
