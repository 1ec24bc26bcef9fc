/** Stands in for auth: answers who a user is to callers that prove to be the mailer. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { assertionHeader, verifyAssertion } from '#runtime/tokens/assertion.ts'

export interface AuthUser {
  /** Null of a guest. */
  email: string | null
  emailVerified: boolean
}

export interface AuthDouble extends AsyncDisposable {
  readonly url: string
  readonly key: Buffer
  readonly users: Map<string, AuthUser>
  /** The queries that came, newest last. */
  readonly queries: string[]
  /** Called after each answer is worked out and before it is sent. */
  afterReading: (userId: string) => void
}

export async function createAuthDouble(): Promise<AuthDouble> {
  const users = new Map<string, AuthUser>()
  const queries: string[] = []
  const key = Buffer.alloc(32, 7)
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const assertion = String(request.headers[assertionHeader])
      const subject = { caller: 'mailer', subgraph: 'auth', body, userToken: '' }
      if (!verifyAssertion(assertion, subject, [key])) {
        return response
          .writeHead(401)
          .end(JSON.stringify({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }))
      }
      const { query, variables } = JSON.parse(body) as {
        query: string
        variables: { representations: { id: string }[] }
      }
      queries.push(query)
      const { id } = variables.representations[0]!
      const user = users.get(id)
      const token = query.includes('emailVerificationToken') && { emailVerificationToken: `token/of ${id}` }
      const reset = query.includes('passwordResetToken') && { passwordResetToken: `reset.of ${id}` }
      const answer = JSON.stringify({
        data: { _entities: [user === undefined ? null : { ...user, ...token, ...reset }] },
      })
      double.afterReading(id)
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const double: AuthDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    users,
    queries,
    afterReading: () => undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return double
}
