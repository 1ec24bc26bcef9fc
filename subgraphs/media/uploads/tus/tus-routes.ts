/** tus 1.0 at /uploads: creation, resume, termination and expiration, into this replica's disk. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '#runtime/process/http-server.ts'
import { tusFault, tusMethodOf, tusVersion } from './tus-protocol.ts'
import { protocolRefusal, type TusRefusal } from './tus-refusal.ts'
import { createTusServer, type TusServerDependencies } from './tus-server.ts'

export interface TusRoutesDependencies extends TusServerDependencies {
  readonly http: HttpServer
}

const uploadMethods = ['HEAD', 'PATCH', 'DELETE', 'OPTIONS']

export async function addTusRoutes({ http, ...dependencies }: TusRoutesDependencies): Promise<void> {
  const tus = createTusServer(dependencies)
  http.addHook('onSend', async ({ url }, reply) => {
    if (/^\/uploads\b/.test(url)) void reply.header('tus-resumable', tusVersion)
  })
  await http.register(async (scope) => {
    // The bytes go straight to tus: nothing may read or buffer them on the way.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _body, done) => done(null))
    const handle = (allowed: readonly string[]) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { raw } = request
      const method = tusMethodOf(request.method, request.headers)
      if (!allowed.includes(method)) return await refuseMethod(reply, allowed)
      const fault = tusFault(method, request.headers)
      if (fault) return await refuse(reply, fault)
      raw.method = method
      reply.hijack()
      // An upload may take hours; its own expiry bounds it.
      raw.socket.setTimeout(0)
      await tus.handle(raw, reply.raw)
    }
    scope.route({ method: ['POST', 'OPTIONS'], url: '/uploads', handler: handle(['POST', 'OPTIONS']) })
    scope.route({
      // By POST whatever X-HTTP-Method-Override says.
      method: [...uploadMethods, 'POST'],
      url: `/uploads/${dependencies.replica}/:secret`,
      exposeHeadRoute: false,
      handler: handle(uploadMethods),
    })
  })
}

async function refuse(reply: FastifyReply, { status_code: status, body }: TusRefusal): Promise<FastifyReply> {
  if (status === 412) void reply.header('tus-version', tusVersion)
  return await reply.code(status).type('application/json; charset=utf-8').send(body)
}

async function refuseMethod(reply: FastifyReply, allowed: readonly string[]): Promise<FastifyReply> {
  const { body } = protocolRefusal({ status_code: 405, body: `Send ${allowed.join(', ')} here` })
  return await reply
    .code(405)
    .headers({ allow: allowed.join(', ') })
    .type('application/json; charset=utf-8')
    .send(body)
}
