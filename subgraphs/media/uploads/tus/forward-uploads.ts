/** Passes what is about an upload on another replica's disk on to that replica. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '#runtime/domain-error.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import { addPassThrough } from '#runtime/process/pass-through.ts'
import { tusRefusal } from './tus-errors.ts'

export interface ForwardUploadsDependencies {
  readonly http: HttpServer
  readonly replica: number
  /** The origins of all media replicas, each at the place of its number. A number that is not here is nobody's: 404. */
  readonly replicas: readonly string[]
  readonly log: Logger
}

/** The number of the replica a request was passed on to. Routers drop it from what clients send. */
const forwardedHeader = 'x-earshot-forwarded-to'

export async function addUploadForwarding({
  http,
  replica,
  replicas,
  log,
}: ForwardUploadsDependencies): Promise<AsyncDisposable> {
  const others = replicas.flatMap((origin, number) => (number === replica ? [] : [{ origin, number }]))
  const unavailable = tusRefusal(new DomainError('SERVICE_UNAVAILABLE'), 503).body
  /** Where two replicas disagree about the numbers, a request would go back and forth between them. */
  const refuse = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const to = request.headers[forwardedHeader]
    if (to === undefined) return false
    log.error(
      { replica, forwardedTo: to },
      'an upload was passed on to the wrong replica; see MEDIA_REPLICAS',
    )
    void reply.code(503).header('retry-after', '1').type('application/json').send(unavailable)
    return true
  }
  const owned = new AsyncDisposableStack()
  for (const { origin, number } of others) {
    const passing = await addPassThrough(http, {
      routes: [{ prefix: `/uploads/${number}`, origin }],
      unavailable,
      headers: { [forwardedHeader]: String(number) },
      refuse,
      log,
    })
    owned.use(passing)
  }
  return owned
}
