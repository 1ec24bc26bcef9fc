/** Serves one self-contained HTML page under a strict policy. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { contentSecurityPolicy, type PageNeeds } from './content-security-policy.ts'

export interface ServedPage {
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

export const pageOf = (page: PageNeeds): ServedPage => ({
  html: page.html,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(page),
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  },
})

export const sendPage = (reply: FastifyReply, { html, headers }: ServedPage): FastifyReply =>
  reply.headers(headers).send(html)

export function servePage(http: FastifyInstance, path: string, page: PageNeeds): void {
  const served = pageOf(page)
  http.get(path, async (_request, reply) => await sendPage(reply, served))
}
