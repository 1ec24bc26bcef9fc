/** Puts the router together: the federated graph, its WebSocket, and the proxy for uploads and downloads. */
import { downloadLimitsOf } from '#runtime/downloads/download-settings.ts'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { createHttpServer } from '#runtime/process/http-server.ts'
import type { ProcessScope } from '#runtime/process/run-process.ts'
import { createClientAddress, createProxyTrust } from '#runtime/network/client-address.ts'
import { createAccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import { largestBodyBytes, limitBodies, limitConnections } from '#router/connections/connection-limits.ts'
import { setExchangeDeadlines } from '#router/connections/exchange-deadlines.ts'
import { costTableOf } from '#router/guard/cost-table.ts'
import { createOperationGuard } from '#router/guard/operation-guard.ts'
import { operationLimitsOf } from '#router/guard/operation-limits.ts'
import { drain } from './drain.ts'
import type { RouterSettings } from './router-settings.ts'
import { createFederatedSubscriptions } from '#router/subscriptions/federated-subscriptions.ts'
import { createGateway } from '#router/federation/gateway.ts'
import { addGraphqlEndpoint } from '#router/graphql/graphql-endpoint.ts'
import { startGraphqlServer } from '#router/graphql/graphql-server.ts'
import { errorAnswers } from '#router/graphql/http-errors.ts'
import { addGuests } from '#router/guests/guests-endpoint.ts'
import { createClientIdentification } from './identify-client.ts'
import { openLiveSocket } from '#router/live/live-socket.ts'
import { createOperationLog } from '#router/graphql/operation-log.ts'
import { createGraphiql } from '#router/pages/graphiql.ts'
import { addPages } from '#router/pages/pages.ts'
import { passWebhooks } from '#router/webhooks/pass-webhooks.ts'
import { addProxy } from '#router/bytes/proxy.ts'
import { createSubgraphDataSource } from '#router/federation/subgraph-data-source.ts'
import { createAllowedOrigins } from '#router/origins/allowed-origins.ts'
import { answerCors } from '#router/origins/answer-cors.ts'
import { readManifest, trustOnly } from '#router/trust/trusted-documents.ts'
import { createChargeClient } from '#router/throttle/charge-client.ts'
import { createReachabilityCheck } from '#router/federation/subgraph-reachability.ts'
import { admitSubscriptions } from '#router/subscriptions/admit-subscriptions.ts'
import { createSubscriptionPlanner } from '#router/subscriptions/subscription-planner.ts'
import { createSupergraphFile } from '#router/federation/supergraph-file.ts'
import { createOperationSigner } from '#router/subscriptions/sign-operation.ts'
import { createEndedSessions } from '#router/sessions/ended-sessions.ts'
import { createUpstreamConnection } from '#router/subscriptions/upstream-connection.ts'
import { createUpstream } from '#router/subscriptions/upstream-subscription.ts'

export interface RouterOptions {
  readonly supergraphFile: string | URL
  readonly reloadEveryMs?: number
}

/** Everything is ready but the port: the caller listens. */
export async function createRouter(
  scope: ProcessScope<RouterSettings>,
  options: RouterOptions,
): Promise<FastifyInstance> {
  const { settings, log, metrics, health, resources } = scope
  const dataSources = createDataSources(scope)
  const upstream = resources.use(createUpstreamConnection(settings.MEDIA_URL))
  const every = options.reloadEveryMs === undefined ? {} : { everyMs: options.reloadEveryMs }
  const supergraph = createSupergraphFile({ path: options.supergraphFile, log, ...every })
  const gateway = createGateway({ supergraph, dataSources, log })
  const operationLog = createOperationLog(metrics)
  const charge = createChargeClient({
    perAddress: settings.COST_PER_SECOND_PER_ADDRESS,
    perUser: settings.COST_PER_SECOND_PER_USER,
  })
  const subscribe = createFederatedSubscriptions({
    planner: createSubscriptionPlanner(gateway),
    dataSources,
    openUpstream: createUpstream({
      subscribe: upstream.subscribe,
      sign: createOperationSigner('media', settings.ROUTER_MEDIA_KEY),
    }),
    pay: charge.event,
  })
  const bySize = createOperationGuard(operationLimitsOf(settings), costTableOf(gateway))
  const judge =
    settings.TRUSTED_DOCUMENTS === undefined
      ? bySize
      : trustOnly(readManifest(await readFile(settings.TRUSTED_DOCUMENTS, 'utf8')), bySize)
  const admit = admitSubscriptions(subscribe, settings.SUBSCRIPTIONS_PER_USER)
  const server = await startGraphqlServer({
    gateway,
    subscribe: admit,
    operationLog,
    suggests: settings.NODE_ENV === 'development',
    log,
  })
  resources.defer(() => server.stop())

  const ended = resources.use(
    createEndedSessions({ origin: settings.AUTH_URL, keys: settings.ROUTER_AUTH_KEY, log }),
  )
  const identify = createClientIdentification(
    createAccessTokenVerifier(settings.PUBLIC_URL, `${settings.AUTH_URL}/.well-known/jwks.json`),
    ended,
    log,
  )
  const isProxy = createProxyTrust(settings.TRUSTED_PROXIES)
  const clientAddressOf = createClientAddress(isProxy)
  const http = createHttpServer({
    log,
    isSecure: settings.PUBLIC_URL.startsWith('https:'),
    headersTimeoutMs: settings.HEADERS_TIMEOUT_MS,
    maxPipelinedRequests: settings.MAX_PIPELINED_REQUESTS,
    bodyLimitBytes: largestBodyBytes,
    ...errorAnswers,
  })
  setExchangeDeadlines(http.server, {
    exchangeTimeoutMs: settings.EXCHANGE_TIMEOUT_MS,
    uploadLeastBytes: settings.UPLOAD_LEAST_BYTES,
    uploadLeastWithinMs: settings.UPLOAD_LEAST_WITHIN_MS,
  })
  limitConnections(http, {
    most: settings.MAX_CONNECTIONS,
    mostPerAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
    isProxy,
    clientAddressOf,
  })
  limitBodies(http, { mostBodyBytes: settings.MAX_BODY_BYTES, clientAddressOf })
  http.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id))
  const isAllowedOrigin = createAllowedOrigins({
    publicUrl: settings.PUBLIC_URL,
    others: settings.ALLOWED_ORIGINS,
    isDevelopment: settings.NODE_ENV === 'development',
  })
  answerCors(http, isAllowedOrigin)
  const page = settings.NODE_ENV === 'development' ? createGraphiql() : undefined
  await addGraphqlEndpoint(http, { server, page, identify, judge, clientAddressOf, charge, log })
  resources.use(
    addGuests(http, {
      origin: settings.AUTH_URL,
      keys: settings.ROUTER_AUTH_KEY,
      clientAddressOf,
      charge,
      log,
    }),
  )
  resources.use(
    await addProxy(http, {
      origin: settings.MEDIA_URL,
      keys: settings.ROUTER_MEDIA_KEY,
      clientAddressOf,
      charge,
      downloads: downloadLimitsOf(settings),
      log,
    }),
  )
  if (settings.MAILER_URL !== undefined)
    resources.use(await passWebhooks(http, { origin: settings.MAILER_URL, clientAddressOf, charge, log }))
  await addPages(http, { isDevelopment: settings.NODE_ENV === 'development' })
  const live = openLiveSocket({
    http: http.server,
    server,
    judge,
    charge,
    identify,
    ended,
    clientAddressOf,
    isAllowedOrigin,
    limits: {
      socketsPerAddress: settings.SOCKETS_PER_ADDRESS,
      socketsPerUser: settings.SOCKETS_PER_USER,
      messagesPerSecond: settings.MESSAGES_PER_SECOND_PER_ADDRESS,
      tokenTimeoutMs: settings.TOKEN_TIMEOUT_MS,
    },
    metrics,
    log,
  })
  resources.defer(() => drain(http, live))

  health.require('auth', createReachabilityCheck(settings.AUTH_URL))
  health.require('media', createReachabilityCheck(settings.MEDIA_URL))
  return http
}

function createDataSources({ settings, resources }: ProcessScope<RouterSettings>) {
  const { AUTH_URL, ROUTER_AUTH_KEY, MEDIA_URL, ROUTER_MEDIA_KEY } = settings
  const auth = { subgraph: 'auth', origin: AUTH_URL, keys: ROUTER_AUTH_KEY }
  const media = { subgraph: 'media', origin: MEDIA_URL, keys: ROUTER_MEDIA_KEY }
  return {
    auth: resources.use(createSubgraphDataSource(auth)),
    media: resources.use(createSubgraphDataSource(media)),
  }
}
