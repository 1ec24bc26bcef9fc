/** Plans subscriptions with the gateway's own planner, and plans them anew when the schema changes under them. */
import { buildOperationContext, type ApolloGateway } from '@apollo/gateway'
import { operationFromDocument, Supergraph, type Schema } from '@apollo/federation-internals'
import { QueryPlanner, type SubscriptionNode } from '@apollo/query-planner'
import { GraphQLError, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'

/** The schema as it was loaded once, in each of the forms that planning and execution need. */
interface LoadedSchema {
  readonly graphqlSchema: GraphQLSchema
  readonly apiSchema: Schema
  readonly supergraphSchema: GraphQLSchema
  readonly planner: QueryPlanner
  readonly nodes: LRUCache<string, SubscriptionNode>
}

export interface SubscriptionDocument {
  readonly document: DocumentNode
  readonly operationName: string | undefined
  /** The key under which the document's plan is cached. */
  readonly queryHash: string
}

export interface SubscriptionPlan {
  readonly schema: LoadedSchema
  /** `primary` is the live operation; `rest` is what each event still lacks. */
  readonly node: SubscriptionNode
  readonly operation: ReturnType<typeof buildOperationContext>
}

export interface SubscriptionPlanner {
  /** @throws GraphQLError for a subscription that cannot be planned. */
  plan(subscription: SubscriptionDocument): SubscriptionPlan
  /**
   * The plan for the schema as it is now, with the same live operation.
   * @throws GraphQLError when the subscription no longer fits the schema, or would need another live operation.
   */
  renew(subscription: SubscriptionDocument, plan: SubscriptionPlan): SubscriptionPlan
}

const remembered = 1_000

export function createSubscriptionPlanner(gateway: ApolloGateway): SubscriptionPlanner {
  let current: LoadedSchema | undefined
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    current = loadSchema(apiSchema, coreSupergraphSdl)
  })
  const plan = (subscription: SubscriptionDocument): SubscriptionPlan => {
    if (current === undefined) throw new Error('the schema is not loaded yet')
    return planIn(current, subscription)
  }
  return {
    plan,
    renew(subscription, known) {
      if (current === undefined || current === known.schema) return known
      if (validate(current.graphqlSchema, subscription.document).length > 0) throw schemaChanged()
      const renewed = plan(subscription)
      const { operation, serviceName } = renewed.node.primary
      if (operation !== known.node.primary.operation || serviceName !== known.node.primary.serviceName)
        throw schemaChanged()
      return renewed
    },
  }
}

function loadSchema(graphqlSchema: GraphQLSchema, supergraphSdl: string): LoadedSchema {
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false })
  return {
    graphqlSchema,
    apiSchema: supergraph.apiSchema(),
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph),
    nodes: new LRUCache({ max: remembered }),
  }
}

function planIn(
  schema: LoadedSchema,
  { document, operationName, queryHash }: SubscriptionDocument,
): SubscriptionPlan {
  const key = `${queryHash} ${operationName ?? ''}`
  const node = schema.nodes.get(key) ?? buildNode(schema, document, operationName)
  schema.nodes.set(key, node)
  const named = operationName === undefined ? {} : { operationName }
  const operation = buildOperationContext({
    schema: schema.graphqlSchema,
    operationDocument: document,
    ...named,
  })
  return { schema, node, operation }
}

function buildNode(
  schema: LoadedSchema,
  document: DocumentNode,
  operationName: string | undefined,
): SubscriptionNode {
  const named = operationName === undefined ? {} : { operationName }
  const { node } = schema.planner.buildQueryPlan(operationFromDocument(schema.apiSchema, document, named))
  if (node?.kind === 'Subscription') return node
  throw new GraphQLError('The subscription selects nothing that a subgraph could tell.', {
    extensions: { code: 'BAD_REQUEST' },
  })
}

function schemaChanged(): GraphQLError {
  const message = 'The API has changed and this subscription no longer fits it; subscribe again.'
  return new GraphQLError(message, { extensions: { code: 'SERVICE_UNAVAILABLE' } })
}
