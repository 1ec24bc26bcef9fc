/** Tells who works for an answer that its client has gone. */
import type { FastifyReply } from 'fastify'

/** Aborted when the connection closes before the answer is given. */
export function signalOf({ raw }: FastifyReply): AbortSignal {
  const leaving = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) leaving.abort()
  })
  return leaving.signal
}
