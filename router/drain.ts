/** Ends the client side of the router: nothing new, sockets sent elsewhere, and what is at hand finished. */
import type { FastifyInstance } from 'fastify'

/** Uploads and downloads may last for hours; both can go on where they were cut off. */
const patienceMs = 10_000

export async function drain(http: FastifyInstance, live: AsyncDisposable): Promise<void> {
  const late = setTimeout(() => http.server.closeAllConnections(), patienceMs)
  await Promise.all([http.close(), live[Symbol.asyncDispose]()])
  clearTimeout(late)
}
