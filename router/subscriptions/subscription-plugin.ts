/** Leads subscriptions past the gateway, which refuses them, through all the rest of Apollo Server's pipeline. */
import { HeaderMap, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorBody } from '#runtime/graphql/graphql-error.ts'
import type { Subscribe } from './federated-subscriptions.ts'
import type { OperationLog } from '#router/graphql/operation-log.ts'
import type { RouterContext } from '#router/router-context.ts'

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
          if (operation === undefined) return refuse(operationUnclear)
          if (operation.operation !== 'subscription') return null
          const { openStream } = request.contextValue
          if (!openStream) return refuse(transportRequired)
          const outcome = subscribe(request)
          if (!(Symbol.asyncIterator in outcome)) return respond(outcome)
          openStream(operationLog.follow(outcome, request))
          return respond({})
        },
      }
    },
  }
}

const operationUnclear = new DomainError('BAD_REQUEST', 'Name one of the operations by operationName.')

const transportRequired = new DomainError(
  'SUBSCRIPTION_TRANSPORT_REQUIRED',
  `${errorCodes.SUBSCRIPTION_TRANSPORT_REQUIRED.meaning} Connect a WebSocket to this address.`,
)

const refuse = (error: DomainError) => respond(graphqlErrorBody(error), errorCodes[error.code].httpStatus)

/** Returned rather than thrown: Apollo Server takes a throwing plugin for a bug. */
function respond(singleResult: FormattedExecutionResult, status?: number): GraphQLResponse {
  const body = {
    kind: 'single',
    singleResult: singleResult as FormattedExecutionResult<Record<string, unknown>>,
  } as const
  return { http: { ...(status && { status }), headers: new HeaderMap() }, body }
}
