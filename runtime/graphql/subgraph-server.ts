/** Serves a subgraph at /graphql of a process's HTTP server, to our own services only. */
import { ApolloServer, HeaderMap } from '@apollo/server'
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import type { GraphQLSchema } from 'graphql'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { callerOperations } from './caller-operations.ts'
import { graphqlErrorBody } from './graphql-error.ts'
import { maskError } from './mask-error.ts'
import type { IdentifyRequest, RequestIdentity } from './request-identity.ts'
import type { SubgraphContext } from './subgraph-context.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import { leavingSignalOf } from '#runtime/process/leaving-client.ts'
import type { Logger } from '#runtime/process/log.ts'
import { assertionHeader } from '#runtime/tokens/assertion.ts'

export interface SubgraphServerDependencies {
  readonly schema: GraphQLSchema
  readonly http: HttpServer
  readonly identify: IdentifyRequest
  readonly log: Logger
}

/** Adds the route; disposing waits for operations at hand. */
export async function serveSubgraph({
  schema,
  http,
  identify,
  log,
}: SubgraphServerDependencies): Promise<AsyncDisposable> {
  const apollo = new ApolloServer<SubgraphContext>({
    schema,
    // The assertion proves the caller; browsers never come here.
    csrfPrevention: false,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => maskError(formatted, error, log),
    plugins: [
      callerOperations,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    logger: log,
  })
  await apollo.start()
  await http.register(async (scope) => {
    // The assertion covers the raw body, so it must reach the handler unparsed.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post('/graphql', async (request, reply) => await answer(apollo, request, reply, identify, log))
  })
  return { [Symbol.asyncDispose]: () => apollo.stop() }
}

async function answer(
  apollo: ApolloServer<SubgraphContext>,
  request: FastifyRequest,
  reply: FastifyReply,
  identify: IdentifyRequest,
  log: Logger,
): Promise<FastifyReply> {
  const { body, requestId, failure, ...known } = await read(request, identify)
  if (failure !== undefined)
    return await reply.code(errorCodes[failure.code].httpStatus).send(graphqlErrorBody(failure))
  const headers = new HeaderMap(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  )
  const contextLog = log.child({ requestId, ...(known.identity && { userId: known.identity.userId }) })
  const response = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body },
    context: async () => ({ ...known, requestId, signal: leavingSignalOf(reply), log: contextLog }),
  })
  for (const [name, value] of response.headers) void reply.header(name, value)
  if (response.body.kind !== 'complete') throw new Error('a subgraph does not answer in parts over HTTP')
  return await reply.code(response.status ?? 200).send(response.body.string)
}

type ReadRequest = RequestIdentity & {
  requestId: string
  body: unknown
  failure?: DomainError
}

async function read(request: FastifyRequest, identify: IdentifyRequest): Promise<ReadRequest> {
  const raw = typeof request.body === 'string' ? request.body : ''
  const nobody = {
    caller: 'router',
    identity: null,
    clientAddress: null,
    userAgent: null,
    requestId: request.id,
    body: undefined,
  } as const
  try {
    const proof = {
      assertion: request.headers[assertionHeader],
      body: raw,
      authorization: request.headers.authorization,
    }
    return { ...(await identify(proof)), requestId: request.id, body: JSON.parse(raw) as unknown }
  } catch (error) {
    if (error instanceof DomainError) return { ...nobody, failure: error }
    if (error instanceof SyntaxError)
      return { ...nobody, failure: new DomainError('BAD_REQUEST', 'The body is not JSON.') }
    throw error
  }
}
