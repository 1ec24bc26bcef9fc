/** What each of our services may ask of a subgraph: the key of one that only looks up addresses must not change anything. */
import type { ApolloServerPlugin } from '@apollo/server'
import { Kind, OperationTypeNode, type OperationDefinitionNode } from 'graphql'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorOf } from './graphql-error.ts'
import type { Caller, SubgraphContext } from './subgraph-context.ts'

/** The root fields of queries; for the router, which asks for its clients, there is no bound. */
const queriesOf: Readonly<Record<Exclude<Caller, 'router'>, readonly string[]>> = {
  mailer: ['_entities'],
}

export const callerOperations: ApolloServerPlugin<SubgraphContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue: { caller }, operation }) {
        if (caller !== 'router' && !(operation && isAllowed(operation, queriesOf[caller])))
          throw graphqlErrorOf(new DomainError('UNAUTHENTICATED', 'This is not for this service to ask.'))
      },
    }
  },
}

/** Fragments at the root are more than a service of ours needs. */
function isAllowed({ operation, selectionSet }: OperationDefinitionNode, fields: readonly string[]): boolean {
  const { selections } = selectionSet
  return (
    operation === OperationTypeNode.QUERY &&
    selections.every((selection) => selection.kind === Kind.FIELD && fields.includes(selection.name.value))
  )
}
