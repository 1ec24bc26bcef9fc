/** Apollo's gateway over our subgraphs: the part that plans and executes operations. */
import { ApolloGateway, type GraphQLDataSource, type SupergraphSdlHook } from '@apollo/gateway'
import { ObjectType } from '@apollo/federation-internals'
import { GraphQLScalarType } from 'graphql'
import { dateTimeScalar, safeIntScalar } from '#runtime/graphql/scalars.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface GatewayDependencies {
  readonly supergraph: SupergraphSdlHook
  /** By the name a subgraph has in the schema; the URLs there are placeholders. */
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>
  readonly log: Logger
}

export function createGateway({ supergraph, dataSources, log }: GatewayDependencies): ApolloGateway {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => {
      const dataSource = dataSources[name]
      if (dataSource === undefined) throw new Error(`the schema names a subgraph nobody set up: ${name}`)
      return dataSource
    },
    // Otherwise any client may ask for query plans by a header, outside production.
    __exposeQueryPlanExperimental: false,
    logger: log.child({}, { level: 'warn' }),
  })
  // A composed schema knows scalars by name only. Without this a subgraph finds a bad value, as the router's fault.
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    for (const scalar of [dateTimeScalar, safeIntScalar]) {
      const declared = apiSchema.getType(scalar.name)
      if (!(declared instanceof GraphQLScalarType)) continue
      declared.parseValue = scalar.parseValue
      declared.parseLiteral = scalar.parseLiteral
    }
  })
  introspectOneOf(gateway)
  return gateway
}

/**
 * The gateway validates by graphql-js, which knows `__Type.isOneOf`, and then reads the operation by a schema of its own,
 * which does not (https://github.com/apollographql/federation/issues/3204): whatever asks for it would fail by our fault.
 */
function introspectOneOf(gateway: ApolloGateway): void {
  gateway.onSchemaLoadOrUpdate(() => {
    // The API schema as Apollo's planner has it, which nothing gives out.
    const planned = gateway['apiSchema']
    const type = planned?.type('__Type')
    if (!planned || !(type instanceof ObjectType) || type.field('isOneOf')) return
    planned['runWithBuiltInModificationAllowed'](() => type.addField('isOneOf', planned.booleanType()))
  })
}
