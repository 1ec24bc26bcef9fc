/** The media subgraph's graphql-ws endpoint: one socket from the router carries many users' operations. */
import {
  GraphQLError,
  parse,
  validate,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql'
import { WebSocketServer } from 'ws'
import * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorOf } from '#runtime/graphql/graphql-error.ts'
import { liveMessageBytes } from '#runtime/graphql/live-message-size.ts'
import { maskError } from '#runtime/graphql/mask-error.ts'
import type { IdentifyRequest } from '#runtime/graphql/request-identity.ts'
import { serveGraphqlWs } from '#runtime/graphql/serve-graphql-ws.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import { liveOperationBody } from '#runtime/tokens/assertion.ts'

/** What the router adds to each operation: who asks, and the proof that the router says so. */
const extensionsSchema = z.object({
  assertion: z.string(),
  authorization: z.string().optional(),
  requestId: z.string().default('unknown'),
})

/** The one reader is our router, for all its clients: what it has not read yet is theirs together. */
const mostBufferedBytes = 64 * 1024 * 1024

export interface SubscriptionSocketDependencies {
  readonly http: HttpServer
  readonly schema: GraphQLSchema
  readonly identify: IdentifyRequest
  readonly log: Logger
}

/** Serves until disposed; then closes with 1001, upon which the router comes back elsewhere. */
export function serveSubscriptionSocket({
  http,
  schema,
  identify,
  log,
}: SubscriptionSocketDependencies): AsyncDisposable {
  const maxPayload = liveMessageBytes
  const sockets = new WebSocketServer({ server: http.server, path: '/graphql', maxPayload })
  return serveGraphqlWs({
    sockets,
    mostBufferedBytes,
    log,
    onSubscribe: async (_socket, _id, payload) => {
      const extensions = extensionsSchema.safeParse(payload.extensions)
      if (!extensions.success) return [graphqlErrorOf(new DomainError('UNAUTHENTICATED'))]
      const { assertion, authorization, requestId } = extensions.data
      try {
        const known = await identify({ assertion, authorization, body: liveOperationBody(payload) })
        const operationLog = log.child({
          requestId,
          ...(known.identity && { userId: known.identity.userId }),
        })
        // Never aborted: a subscription ends by its iterator.
        const { signal } = new AbortController()
        // Here, as a text that fails to parse would otherwise end the socket, and all that it carries.
        const document = parse(payload.query)
        const errors = validate(schema, document)
        if (errors.length > 0) return errors
        return {
          schema,
          document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue: { ...known, requestId, signal, log: operationLog } satisfies SubgraphContext,
        }
      } catch (error) {
        if (error instanceof DomainError) return [graphqlErrorOf(error)]
        if (error instanceof GraphQLError) return [error]
        log.error(
          { err: error, requestId },
          'a subscription could not be authorised by our fault; its client is told to come again',
        )
        return [graphqlErrorOf(new DomainError('SERVICE_UNAVAILABLE'))]
      }
    },
    onError: (_socket, _id, _payload, errors) => errors.map((error) => masked(error, log)),
    onNext: (_socket, _id, _payload, _args, result) => maskResult(result as ExecutionResult, log),
  })
}

function masked(error: GraphQLError, log: Logger): GraphQLFormattedError {
  // What ends a stream has no path, by which maskError would see through to its cause.
  if (error.originalError) return maskError(error.toJSON(), error.originalError, log)
  const code = error.extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED'
  return maskError({ ...error.toJSON(), extensions: { code } }, error, log)
}

function maskResult({ errors, ...result }: ExecutionResult, log: Logger): FormattedExecutionResult {
  return errors ? { ...result, errors: errors.map((error) => masked(error, log)) } : result
}
