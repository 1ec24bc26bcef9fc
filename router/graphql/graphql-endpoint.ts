/** /graphql: one operation a request, by POST as JSON; a query by GET, too. */
import compress from '@fastify/compress'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FormattedExecutionResult } from 'graphql'
import { DomainError } from '#runtime/domain-error.ts'
import { createOperationContext, type OperationContextDependencies } from './operation-context.ts'
import { httpRequestOf } from './graphql-request.ts'
import { sendError } from './http-errors.ts'
import type { GraphqlServer } from './graphql-server.ts'
import { identifyErrors } from './place-errors.ts'
import { sendPage, type ServedPage } from '#router/pages/serve-page.ts'

export interface GraphqlEndpointDependencies extends OperationContextDependencies {
  readonly server: GraphqlServer
  /** For whoever opens the address in a browser. */
  readonly page?: ServedPage | undefined
}

export async function addGraphqlEndpoint(
  http: FastifyInstance,
  { server, page, ...dependencies }: GraphqlEndpointDependencies,
): Promise<void> {
  const contextOf = createOperationContext(dependencies)
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { status, headers, body } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: httpRequestOf(request),
      context: () => contextOf(request, reply),
    })
    if (body.kind === 'chunked') throw new Error('an answer came in parts, which HTTP clients never ask for')
    // Apollo Server says so of operations alone; and what is refused may be allowed in a moment.
    void reply.header('cache-control', 'no-store')
    void reply.headers(Object.fromEntries(headers)).code(status ?? 200)
    const text = reply.statusCode >= 400 ? identified(body.string, request.id) : body.string
    if (request.method === 'HEAD' || String(reply.getHeader('cache-control')).includes('no-transform'))
      return await reply.send(text)
    reply.compress(text)
    return await reply
  }
  await http.register(async (scope) => {
    await scope.register(compress, { global: false, encodings: ['br', 'gzip'] })
    // A page of another origin may post text/plain without a CORS preflight.
    scope.removeContentTypeParser('text/plain')
    // A Host that is none is to be refused (RFC 9112, 3.2).
    scope.addHook('onRequest', async ({ hostname }, reply) => {
      if (!URL.canParse(`http://${hostname}/`)) await sendError(reply, new DomainError('BAD_REQUEST'))
    })
    scope.post('/graphql', answer)
    // No page of another origin gains by asking: nothing but the Authorization header lets anybody in.
    scope.get('/graphql', async (request, reply) =>
      page && asksForPage(request)
        ? await sendPage(reply.header('vary', 'accept'), page)
        : await answer(request, reply),
    )
  })
}

/** As browsers do of what they show; `*\/*` is what programs say. */
const asksForPage = ({ headers }: FastifyRequest): boolean => /\btext\/html\b/i.test(headers.accept ?? '')

/** What was refused before an operation began has no place that would know the request. */
function identified(text: string, requestId: string): string {
  const { errors = [], ...rest } = JSON.parse(text) as FormattedExecutionResult
  return JSON.stringify({ errors: identifyErrors(errors, requestId), ...rest })
}
