/**
 * Subscriptions over several subgraphs: one subgraph sends the events, and for each of them the gateway's own executor
 * fetches the other subgraphs' fields, so that entities, aliases and null propagation are exactly those of queries.
 */
import type { GraphQLRequestContextResponseForOperation } from '@apollo/server'
import { executeQueryPlan, type GraphQLDataSource, type ServiceMap } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import { getVariableValues, GraphQLError, type ExecutionResult, type FormattedExecutionResult } from 'graphql'
import { errorsOf, logUnexplained, presentResult } from '#router/graphql/client-errors.ts'
import { placeError, placeErrors } from '#router/graphql/place-errors.ts'
import { createStream } from '#runtime/streams/create-stream.ts'
import type { ResultStream, RouterContext } from '#router/router-context.ts'
import type { PayForEvent } from '#router/throttle/pace-events.ts'
import type { SubscriptionDocument, SubscriptionPlan, SubscriptionPlanner } from './subscription-planner.ts'
import { SubscriptionFailure, type OpenUpstream, type UpstreamOperation } from './upstream-subscription.ts'

export type SubscriptionRequest = GraphQLRequestContextResponseForOperation<RouterContext>

export interface FederatedSubscriptionsDependencies {
  readonly planner: SubscriptionPlanner
  /** The subgraphs by name, to fetch the fields that an event lacks. */
  readonly dataSources: Readonly<Record<string, GraphQLDataSource>>
  readonly openUpstream: OpenUpstream
  readonly pay: PayForEvent
}

/** Like graphql-js's `subscribe`: a stream of results, or one result that says why there is none. */
export type Subscribe = (request: SubscriptionRequest) => ResultStream | FormattedExecutionResult

export function createFederatedSubscriptions(dependencies: FederatedSubscriptionsDependencies): Subscribe {
  return (request) => {
    const subscription = documentOf(request)
    try {
      const plan = dependencies.planner.plan(subscription)
      const { errors } = getVariableValues(
        plan.schema.graphqlSchema,
        plan.operation.operation.variableDefinitions ?? [],
        request.request.variables ?? {},
      )
      if (errors) return presentResult({ errors: errors.map(asBadInput) })
      return openStream(dependencies, request, subscription, plan)
    } catch (error) {
      const errors = [error instanceof GraphQLError ? error : notPlanned(error as Error)]
      logUnexplained(errors, request.contextValue.log)
      return presentResult({ errors })
    }
  }
}

function documentOf({ document, request, queryHash, source }: SubscriptionRequest): SubscriptionDocument {
  return { document, operationName: request.operationName ?? undefined, queryHash: queryHash ?? source }
}

const notPlanned = (originalError: Error): GraphQLError =>
  new GraphQLError('the subscription could not be planned', { originalError })

function asBadInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: { code: 'BAD_USER_INPUT' },
  })
}

function openStream(
  { planner, dataSources, openUpstream, pay }: FederatedSubscriptionsDependencies,
  request: SubscriptionRequest,
  subscription: SubscriptionDocument,
  firstPlan: SubscriptionPlan,
): ResultStream {
  const { contextValue } = request
  const { cost, client } = contextValue
  const userId = client()!.identity.userId
  return createStream(async function* (ended) {
    let plan = firstPlan
    const operation = liveOperationOf(plan, request)
    const events = openUpstream(operation, plan.schema.graphqlSchema, contextValue, ended)
    for await (const event of placingFailure(events, request)) {
      plan = planner.renew(subscription, plan)
      const result = await completeEvent(plan, event, dataSources, request)
      logUnexplained(errorsOf(result), contextValue.log)
      yield placeErrors(presentResult(result), request)
      // Meanwhile the newest progress takes the place of what waits.
      await pay(userId, cost, ended)
    }
  })
}

/** What ends the events is told with its place in the client's text. */
async function* placingFailure<T>(events: AsyncIterable<T>, request: SubscriptionRequest) {
  try {
    for await (const event of events) yield event
  } catch (error) {
    if (!(error instanceof SubscriptionFailure)) throw error
    throw new SubscriptionFailure(error.errors.map((each) => placeError(each, request)))
  }
}

function liveOperationOf({ node }: SubscriptionPlan, { request }: SubscriptionRequest): UpstreamOperation {
  const { operation: query, operationName, variableUsages = [] } = node.primary
  const given = Object.entries(request.variables ?? {}) as [string, unknown][]
  const variables = Object.fromEntries(given.filter(([name]) => variableUsages.includes(name)))
  return { query, operationName, variables }
}

/** Runs the live operation as an ordinary fetch whose subgraph answers with the event that has come, then the rest. */
async function completeEvent(
  { schema, node, operation }: SubscriptionPlan,
  event: FormattedExecutionResult,
  dataSources: ServiceMap,
  request: SubscriptionRequest,
): Promise<ExecutionResult> {
  const { primary, rest } = node
  const owner = dataSources[primary.serviceName]
  const answering: GraphQLDataSource = {
    process: async (options) =>
      options.request.query === primary.operation ? event : await owner!.process(options),
  }
  const plan: QueryPlan = {
    kind: 'QueryPlan',
    node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary,
  }
  const services = { ...dataSources, [primary.serviceName]: answering }
  const context = gatewayContext(request, operation.operation)
  return await executeQueryPlan(plan, services, context, operation, schema.supergraphSchema, schema.apiSchema)
}

type GatewayContext = Parameters<typeof executeQueryPlan>[2]

function gatewayContext(
  rc: SubscriptionRequest,
  operation: SubscriptionRequest['operation'],
): GatewayContext {
  const { query, operationName, variables } = rc.request
  return {
    request: {
      ...(query && { query }),
      ...(operationName && { operationName }),
      ...(variables && { variables }),
    },
    logger: rc.contextValue.log,
    schema: rc.schema,
    schemaHash: '' as GatewayContext['schemaHash'],
    context: rc.contextValue,
    cache: rc.cache,
    queryHash: rc.queryHash ?? '',
    document: rc.document,
    source: rc.source,
    operationName: rc.operationName,
    operation,
    // A fresh object each time, because executing collects error paths in it without end.
    metrics: {},
    overallCachePolicy: rc.overallCachePolicy,
  }
}
