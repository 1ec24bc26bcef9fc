/** The page that the link to set a new password opens. */
import type { FastifyInstance } from 'fastify'
import { readPage } from './read-page.ts'
import { servePage } from './serve-page.ts'

/** The token stays in the address's fragment, which no server and no log sees, until the user sends the form. */
export async function addResetPasswordPage(http: FastifyInstance): Promise<void> {
  servePage(http, '/reset-password', { html: await readPage('reset-password') })
}
