/** Health and metrics of a process, on a port of their own: they tell an attacker what works, so clients never reach it. */
import type { Registry } from 'prom-client'
import type { Health } from './health.ts'
import { createHttpServer } from './http-server.ts'
import type { Logger } from './log.ts'

export interface HealthServerOptions {
  readonly health: Health
  readonly metrics: Registry
  readonly log: Logger
  readonly host: string
  readonly port: number
}

export interface HealthServer extends AsyncDisposable {
  readonly origin: string
}

/** Resolves once it listens. */
export async function serveHealth(options: HealthServerOptions): Promise<HealthServer> {
  const { health, metrics, log, host, port } = options
  const http = createHttpServer({ log })
  http.get('/health/live', () => ({ status: 'live' }))
  http.get('/health/ready', async (_request, reply) => {
    const report = await health.report()
    return reply.code(report.status === 'ready' ? 200 : 503).send(report)
  })
  http.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  )
  const origin = await http.listen({ host, port })
  return { origin, [Symbol.asyncDispose]: () => http.close() }
}
