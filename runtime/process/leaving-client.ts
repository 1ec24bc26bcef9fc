/** Tells when the client of a request has gone. */
import type { FastifyReply, RawServerBase, RouteGenericInterface } from 'fastify'
import { DomainError } from '#runtime/domain-error.ts'

/** Aborted when the connection closes before the answer was sent. */
export function leavingSignalOf({
  raw,
}: Pick<FastifyReply<RouteGenericInterface, RawServerBase>, 'raw'>): AbortSignal {
  const leaving = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) leaving.abort(new DomainError('SERVICE_UNAVAILABLE'))
  })
  return leaving.signal
}
