/** Passes what is about an upload on another replica's disk on to that replica. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import { addPassThrough, sendUnavailable } from '#runtime/process/pass-through.ts'
import { assertionHeader } from '#runtime/tokens/assertion.ts'

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
  /** Where two replicas disagree about the numbers, a request would go back and forth between them. */
  const refuse = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const to = request.headers[forwardedHeader]
    if (to === undefined) return false
    log.error(
      { replica, forwardedTo: to },
      'an upload request was forwarded to the wrong replica and is refused; MEDIA_REPLICAS must be the same on all',
    )
    sendUnavailable(reply)
    return true
  }
  const owned = new AsyncDisposableStack()
  for (const { origin, number } of others) {
    const passing = await addPassThrough(http, {
      routes: [{ prefix: `/uploads/${number}`, origin }],
      headers: ({ headers }) => ({
        [forwardedHeader]: String(number),
        // It covers the path, which stays the same.
        ...(headers[assertionHeader] && { [assertionHeader]: String(headers[assertionHeader]) }),
      }),
      refuse,
      log,
    })
    owned.use(passing)
  }
  return owned
}
