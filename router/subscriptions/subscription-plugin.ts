/** Leads subscriptions past the gateway, which refuses them, through all the rest of Apollo Server's pipeline. */
import { HeaderMap, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import { errorCodes } from '#schema/errors/error-codes.ts'
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
          if (operation === undefined) return respond(operationUnclear, 400)
          if (operation.operation !== 'subscription') return null
          const { openStream } = request.contextValue
          if (!openStream) return respond(transportRequired, 406)
          const outcome = subscribe(request)
          if (!(Symbol.asyncIterator in outcome)) return respond(outcome)
          openStream(operationLog.follow(outcome, request))
          return respond({})
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
