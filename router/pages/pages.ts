/** The few pages the router itself serves. */
import type { FastifyInstance } from 'fastify'
import { addResetPasswordPage } from './reset-password.ts'
import { addVerifyEmailPage } from './verify-email.ts'

export async function addPages(
  http: FastifyInstance,
  { isDevelopment }: { isDevelopment: boolean },
): Promise<void> {
  await addVerifyEmailPage(http)
  await addResetPasswordPage(http)
  http.get('/', () => ({
    service: 'Earshot',
    graphql: '/graphql',
    ...(isDevelopment && { graphiql: '/graphql' }),
  }))
}
