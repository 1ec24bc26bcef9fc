/** The few pages the router itself serves. */
import type { FastifyInstance } from 'fastify'
import { DomainError } from '#runtime/domain-error.ts'
import { sendError } from '#router/graphql/http-errors.ts'
import { addGraphiql } from './graphiql.ts'
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
  if (isDevelopment) return addGraphiql(http)
  http.get('/graphql', async (_request, reply) => {
    const message = 'Send operations by POST, as JSON; subscriptions by graphql-ws on this address.'
    return await sendError(reply.header('allow', 'POST'), new DomainError('BAD_REQUEST', message), 405)
  })
}
