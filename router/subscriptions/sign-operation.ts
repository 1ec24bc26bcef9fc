/** Proves to a subgraph who asks for a live operation, in the operation's `extensions`. */
import type { SubscribePayload } from 'graphql-ws'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import { liveOperationBody, signAssertion } from '#runtime/tokens/assertion.ts'
import type { RouterContext } from '#router/router-context.ts'
import type { UpstreamOperation } from './upstream-subscription.ts'

export function createOperationSigner(subgraph: string, keys: RotatingKeys) {
  return (
    { query, operationName, variables }: UpstreamOperation,
    context: RouterContext,
  ): SubscribePayload => {
    const { requestId, clientAddress } = context
    const client = context.client()
    const operation = { query, variables, ...(operationName !== undefined && { operationName }) }
    const userToken = bearerToken(client?.authorization) ?? ''
    const body = liveOperationBody(operation)
    const assertion = signAssertion({ caller: 'router', subgraph, body, userToken, clientAddress }, keys)
    return {
      ...operation,
      extensions: { assertion, requestId, ...(client && { authorization: client.authorization }) },
    }
  }
}
