/**
 * The way of a subscription through Apollo Server, whose gateway refuses to execute any. A subscription is parsed,
 * validated and logged like every operation; only its execution is ours, and its results are many:
 *
 *   runOperation                            live/live-operations.ts calls it for each operation of a WebSocket
 *     │ executeOperation
 *     ▼
 *   Apollo Server: parse, validate, plugins
 *     │ responseForOperation
 *     ├── query, mutation ──► the gateway ─────────────────► response of kind 'single'
 *     └── subscription ─────► federated-subscriptions.ts ──► response of kind 'incremental': the stream
 *                                                              │
 *   graphql-ws sends each result  ◄── runOperation  ◄──────────┘
 *
 * 'incremental' is how Apollo Server answers @defer, in parts that come later. It hands such a body on as it is. The parts
 * of ours are whole results, which its types do not foresee: hence the two casts below, and nowhere else.
 */
import { HeaderMap, type ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { graphqlErrorOf } from '#runtime/graphql/graphql-error.ts'
import { createStream } from '#runtime/streams/create-stream.ts'
import { presentError } from '#router/graphql/client-errors.ts'
import type { OperationLog } from '#router/graphql/operation-log.ts'
import type { JudgeOperation } from '#router/guard/operation-guard.ts'
import type { ResultStream, RouterContext } from '#router/router-context.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'
import { conditionalRootError } from './conditional-root.ts'
import type { Subscribe } from './federated-subscriptions.ts'
import { SubscriptionFailure } from './upstream-subscription.ts'

export interface Operation {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Record<string, unknown>
}

/** The result of a query or mutation; a stream of results for a subscription, and one that fails for a refusal. */
export async function runOperation(
  server: ApolloServer<RouterContext>,
  operation: Operation,
  context: Omit<RouterContext, 'cost'>,
  judge: JudgeOperation,
  charge: ChargeClient,
): Promise<FormattedExecutionResult | ResultStream> {
  const { clientAddress, client } = context
  const userId = client()?.identity.userId
  let cost = 0
  const chargeBoth = (asked: number) => {
    cost = asked
    return charge.address(clientAddress, cost) ?? (userId === undefined ? null : charge.user(userId, cost))
  }
  const refused = judge(operation, chargeBoth) ?? conditionalRootError(operation.query)
  if (refused) return failure([graphqlErrorOf(refused).toJSON()])
  // It rejects on bugs only, and has logged them; a rejection here would end the whole connection.
  const contextValue = { ...context, cost }
  const response = await server.executeOperation({ ...operation }, { contextValue }).catch(() => null)
  if (response === null) return failure([presentError({ message: '' })])
  const { body } = response
  if (body.kind === 'incremental') return body.subsequentResults as AsyncIterable<unknown> as ResultStream
  const { errors, data } = body.singleResult
  // Without data the operation did not run; the protocol has a message of its own for that.
  return errors && data === undefined ? failure(errors) : body.singleResult
}

function failure(errors: readonly GraphQLFormattedError[]): ResultStream {
  return createStream(() => ({ next: () => Promise.reject(new SubscriptionFailure(errors)) }))
}

/** Gives Apollo Server what it cannot make itself: the response to a subscription. */
export function createSubscriptionPlugin(
  subscribe: Subscribe,
  operationLog: OperationLog,
): ApolloServerPlugin<RouterContext> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation(request) {
          // Apollo's types promise an operation, but there is none where several stand and none is named.
          const operation = request.operation as typeof request.operation | undefined
          if (operation === undefined) return respond(operationUnclear, 400)
          if (operation.operation !== 'subscription') return null
          if (!request.contextValue.takesStream) return respond(transportRequired, 406)
          const outcome = subscribe(request)
          return Symbol.asyncIterator in outcome
            ? respondInParts(operationLog.follow(outcome, request))
            : respond(outcome)
        },
      }
    },
  }
}

const operationUnclear: FormattedExecutionResult = {
  errors: [{ message: 'Name one of the operations by operationName.', extensions: { code: 'BAD_REQUEST' } }],
}

const transportRequired: FormattedExecutionResult = {
  errors: [
    {
      message: `${errorCodes.SUBSCRIPTION_TRANSPORT_REQUIRED.meaning} Connect a WebSocket to this address.`,
      extensions: { code: 'SUBSCRIPTION_TRANSPORT_REQUIRED' },
    },
  ],
}

/** Returned rather than thrown: Apollo Server takes a throwing plugin for a bug. */
function respond(singleResult: FormattedExecutionResult, status?: number): GraphQLResponse {
  const body = {
    kind: 'single',
    singleResult: singleResult as FormattedExecutionResult<Record<string, unknown>>,
  } as const
  return { http: { ...(status && { status }), headers: new HeaderMap() }, body }
}

function respondInParts(results: ResultStream): GraphQLResponse {
  const subsequentResults = results as AsyncIterable<unknown> as AsyncIterable<{ hasNext: boolean }>
  return {
    http: { headers: new HeaderMap() },
    body: { kind: 'incremental', initialResult: { hasNext: true }, subsequentResults },
  }
}
