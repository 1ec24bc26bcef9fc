/** Apollo Server, set up for federation and subscriptions, and to reveal nothing internal. */
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import type { ApolloGateway } from '@apollo/gateway'
import type { Logger } from '#runtime/process/log.ts'
import { presentError } from './client-errors.ts'
import type { Subscribe } from '#router/subscriptions/federated-subscriptions.ts'
import type { OperationLog } from './operation-log.ts'
import { answerHeadersPlugin } from './answer-headers.ts'
import type { RouterContext } from '#router/router-context.ts'
import { createSubscriptionPlugin } from '#router/subscriptions/through-apollo.ts'

export interface GraphqlServerDependencies {
  readonly gateway: ApolloGateway
  readonly subscribe: Subscribe
  readonly operationLog: OperationLog
  /** Whether errors say what may have been meant, for who develops a client. Each suggestion takes time. */
  readonly suggests: boolean
  readonly log: Logger
}

export type GraphqlServer = ApolloServer<RouterContext>

/** @returns the server, started. Its `stop` lets the operations under way finish. */
export async function startGraphqlServer(dependencies: GraphqlServerDependencies): Promise<GraphqlServer> {
  const { gateway, subscribe, operationLog, suggests, log } = dependencies
  const server = new ApolloServer<RouterContext>({
    gateway,
    // Nothing that a browser sends by itself lets anybody in, and a POST is JSON, for which a page of another origin must ask.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // The API is public, and so is its schema.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !suggests,
    stopOnTerminationSignals: false,
    formatError: presentError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      createSubscriptionPlugin(subscribe, operationLog),
      operationLog.plugin,
      answerHeadersPlugin,
    ],
    logger: log.child({}, { level: 'warn' }),
  })
  await server.start()
  return server
}
