/** Shuts down the client side of the router: accepts nothing new, closes WebSockets, and lets requests finish. */
import type { FastifyInstance } from 'fastify'

/** Uploads and downloads may last for hours; clients resume both where they were cut off. */
const patienceMs = 10_000

export async function drain(http: FastifyInstance, live: AsyncDisposable): Promise<void> {
  const late = setTimeout(() => http.server.closeAllConnections(), patienceMs)
  await Promise.all([http.close(), live[Symbol.asyncDispose]()])
  clearTimeout(late)
}
