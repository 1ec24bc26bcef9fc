/** Answers the gateway from a subgraph: each entity is asked for once, and of equal requests one is under way at a time. */
import type { GraphQLDataSource } from '@apollo/gateway'
import type { RouterContext } from '#router/router-context.ts'
import { readSubgraphAnswer } from './read-subgraph-answer.ts'
import { createSharedRequests } from './shared-requests.ts'
import { createSubgraphSender, type SubgraphSenderDependencies } from './subgraph-sender.ts'
import { uniqueRepresentations } from './unique-representations.ts'

export type SubgraphDataSource = GraphQLDataSource<RouterContext> & AsyncDisposable

export function createSubgraphDataSource(dependencies: SubgraphSenderDependencies): SubgraphDataSource {
  const { subgraph } = dependencies
  const sender = createSubgraphSender(dependencies)
  // Connections of its own: checking passwords takes long, and whoever waits for it stands in nobody else's way.
  const passwordSender = createSubgraphSender(dependencies)
  const shared = createSharedRequests<string | null>()

  return {
    async process(options) {
      if (!('incomingRequestContext' in options))
        throw new Error('the router asks subgraphs for clients only')
      const { context, request } = options
      const { variables, restore } = uniqueRepresentations(request.variables ?? {})
      const body = JSON.stringify({ query: request.query, operationName: request.operationName, variables })
      const isMutation = options.incomingRequestContext.operation.operation === 'mutation'
      const identity = context.client()?.authorization ?? ''
      const text = await (isMutation
        ? (withPassword.test(request.query ?? '') ? passwordSender : sender).send(body, context)
        : shared.ask(`${context.clientAddress}\n${identity}\n${body}`, context.signal, (signal) =>
            sender.send(body, context, signal),
          ))
      // A request that comes after a mutation must not get an answer from before it.
      if (isMutation) shared.startAnew()
      return restore(readSubgraphAnswer(text, subgraph, context))
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([sender, passwordSender].map((each) => each[Symbol.asyncDispose]()))
    },
  }
}

/** Fields that check or set a password. */
const withPassword = /\b(?:signUp|signIn|resetPassword|changePassword|verifyEmail|deleteAccount)\b/
