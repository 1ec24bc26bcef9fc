/** Serves one self-contained HTML page under a strict policy. */
import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy, type PageNeeds } from './content-security-policy.ts'

export function servePage(http: FastifyInstance, path: string, page: PageNeeds): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(page),
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
  http.get(path, async (_request, reply) => await reply.headers(headers).send(page.html))
}
