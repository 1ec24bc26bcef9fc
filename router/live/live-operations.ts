/** Runs the operations of a WebSocket by the graphql-ws protocol; subscriptions, queries and mutations alike. */
import { randomUUID } from 'node:crypto'
import {
  GraphQLError,
  GraphQLSchema,
  parse,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
} from 'graphql'
import type { ConnectionInitMessage, OperationResult, ServerOptions, SubscribePayload } from 'graphql-ws'
import type { SocketExtra } from '#runtime/graphql/serve-graphql-ws.ts'
import { createStream } from '#runtime/streams/create-stream.ts'
import type { Logger } from '#runtime/process/log.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { presentError } from '#router/graphql/client-errors.ts'
import { identifyErrors } from '#router/graphql/place-errors.ts'
import { graphqlErrorOf } from '#runtime/graphql/graphql-error.ts'
import type { GraphqlServer } from '#router/graphql/graphql-server.ts'
import type { JudgeOperation } from '#router/guard/operation-guard.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'
import type { LiveConnection } from './live-connection.ts'
import { createOpenOperations, type OpenOperation, type OpenOperations } from './open-operations.ts'
import type { ResultStream, RouterContext } from '#router/router-context.ts'
import { runOperation } from '#router/subscriptions/through-apollo.ts'
import { SubscriptionFailure } from '#router/subscriptions/upstream-subscription.ts'

export interface LiveExtra extends Record<PropertyKey, unknown> {
  connection: LiveConnection
  operations: OpenOperations
}

export interface LiveOperationsDependencies {
  readonly server: GraphqlServer
  readonly judge: JudgeOperation
  readonly charge: ChargeClient
  /** Who is at the other end of a new WebSocket. */
  readonly connect: (extra: SocketExtra) => LiveConnection
  readonly log: Logger
}

type LiveServerOptions = ServerOptions<ConnectionInitMessage['payload'], SocketExtra & LiveExtra>

const maxOperations = 20
const maxIdCharacters = 64
const badRequest = 4400

export function createLiveOperations({
  server,
  judge,
  charge,
  connect,
  log,
}: LiveOperationsDependencies): LiveServerOptions {
  // Apollo Server parses, validates and executes; graphql-ws only wants something to hold.
  const placeholder = { schema: new GraphQLSchema({}), document: parse('{ __typename }') }
  return {
    async onConnect({ connectionParams, extra }) {
      extra.connection = connect(extra)
      extra.operations = createOpenOperations(maxOperations)
      const authorization = authorizationOf(connectionParams)
      // A page's Origin was checked; anything else proves itself with a token.
      if (extra.request.headers.origin === undefined && authorization === undefined) return false
      return await extra.connection.admit(authorization)
    },
    async onPing({ extra }, payload) {
      const authorization = authorizationOf(payload)
      if (authorization !== undefined) await extra.connection?.renew(authorization)
    },
    onSubscribe({ extra }, id, payload) {
      // It would come back with each result.
      if (id.length > maxIdCharacters) {
        extra.socket.close(badRequest, `The id of an operation has at most ${maxIdCharacters} characters`)
        return [tooMany()]
      }
      const operation = extra.operations.begin(id)
      if (operation === null) return [tooMany()]
      return { ...placeholder, contextValue: { payload, connection: extra.connection, operation } }
    },
    async execute({ contextValue }) {
      const { payload, connection, operation } = contextValue as RunningOperation
      const { query, operationName, variables } = payload
      const asked = { query, ...(operationName && { operationName }), ...(variables && { variables }) }
      const context = contextOf(connection, operation, log)
      const result = await runOperation(server, asked, context, judge, charge)
      if (Symbol.asyncIterator in result)
        return untilEnded(result, operation, context) as Awaited<OperationResult>
      operation.end()
      return result as Awaited<OperationResult>
    },
    // They are in their final form already.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) => errors.flatMap((error) => presentFailure(error, log)),
    onClose({ extra }: { extra: Partial<LiveExtra> }) {
      extra.operations?.giveUpAll()
      extra.connection?.[Symbol.dispose]()
    },
  }
}

interface RunningOperation {
  readonly payload: SubscribePayload
  readonly connection: LiveConnection
  readonly operation: OpenOperation
}

function untilEnded(
  results: ResultStream,
  operation: OpenOperation,
  { log, requestId }: Pick<RouterContext, 'log' | 'requestId'>,
): ResultStream {
  const told = async function* () {
    try {
      for await (const result of results) yield result
    } catch (error) {
      throw new SubscriptionFailure(identifyErrors(presentFailure(error, log), requestId))
    }
  }
  return createStream((ended) => {
    ended.addEventListener('abort', () => {
      operation.end()
      void results.return()
    })
    return told()
  })
}

function authorizationOf(payload: Record<string, unknown> | undefined): unknown {
  return payload?.['authorization'] ?? payload?.['Authorization']
}

function tooMany(): GraphQLError {
  const message = `A connection carries at most ${maxOperations} operations at once; open another.`
  return graphqlErrorOf(new DomainError('BAD_REQUEST', message))
}

function contextOf(
  connection: LiveConnection,
  { signal }: OpenOperation,
  log: Logger,
): Omit<RouterContext, 'cost'> {
  const requestId = randomUUID()
  return {
    requestId,
    log: log.child({ requestId }),
    clientAddress: connection.address,
    userAgent: connection.userAgent,
    client: () => connection.client,
    signal,
    takesStream: true,
  }
}

function presentFailure(error: unknown, log: Logger): readonly GraphQLFormattedError[] {
  const cause = (error instanceof GraphQLError ? error.originalError : undefined) ?? error
  if (cause instanceof SubscriptionFailure) return cause.errors.map(presentError)
  if (cause instanceof DomainError) return [graphqlErrorOf(cause).toJSON()]
  if (cause instanceof GraphQLError) return [presentError(cause)]
  log.error(
    { err: cause },
    'an operation on a WebSocket failed by our fault; its client is told INTERNAL_SERVER_ERROR',
  )
  return [presentError({ message: '' })]
}
