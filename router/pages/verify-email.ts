/** The page that a verification mail's link opens. */
import type { FastifyInstance } from 'fastify'
import { readPage } from './read-page.ts'
import { servePage } from './serve-page.ts'

/** The token stays in the address's fragment, which no server and no log sees, until the user confirms. */
export async function addVerifyEmailPage(http: FastifyInstance): Promise<void> {
  servePage(http, '/verify-email', { html: await readPage('verify-email') })
}
