/** POST /graphql: one operation a request, as JSON. */
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import type { Logger } from '#runtime/process/log.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { requestError } from './client-errors.ts'
import { sendError } from './http-errors.ts'
import { leavingSignalOf } from '#runtime/process/leaving-client.ts'
import { conditionalRootError } from '#router/subscriptions/conditional-root.ts'
import type { JudgeOperation, OperationToJudge } from '#router/guard/operation-guard.ts'
import type { GraphqlServer } from './graphql-server.ts'
import type { IdentifyClient } from '#router/identify-client.ts'
import { isSessionOperation } from '#runtime/graphql/session-operation.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'
import type { RouterContext } from '#router/router-context.ts'
import { userAgentOf } from '#router/user-agent.ts'

export interface GraphqlEndpointDependencies {
  readonly server: GraphqlServer
  readonly identify: IdentifyClient
  readonly judge: JudgeOperation
  readonly clientAddressOf: ClientAddressOf
  readonly charge: ChargeClient
  readonly log: Logger
}

export async function addGraphqlEndpoint(
  http: FastifyInstance,
  { server, identify, judge, clientAddressOf, charge, log }: GraphqlEndpointDependencies,
): Promise<void> {
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<RouterContext> => {
    const requestId = request.id
    const clientAddress = clientAddressOf(request.raw)
    try {
      const body = request.body as OperationToJudge | null
      let cost = 0
      const ofAddress = (asked: number) => charge.address(clientAddress, (cost = asked))
      const refused = body && (judge(body, ofAddress) ?? conditionalRootError(body.query))
      if (refused) throw refused
      const identified = identify(request.headers.authorization)
      // Who renews or ends a session often still sends the token that has expired.
      const client = await identified.catch((error: unknown) => {
        const badToken = bearerToken(request.headers.authorization)
        if (error instanceof DomainError && isSessionOperation(body?.query, badToken)) return null
        throw error
      })
      const putOff = client && charge.user(client.identity.userId, cost)
      if (putOff) throw putOff
      return {
        requestId,
        clientAddress,
        userAgent: userAgentOf(request.raw),
        client: () => client,
        signal: leavingSignalOf(reply),
        cost,
        log: log.child({ requestId }),
        takesStream: false,
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      log.info({ requestId, errorCodes: [error.code] }, 'an operation was refused before it ran')
      throw requestError(error)
    }
  }
  await http.register(async (scope) => {
    // A page of another origin may post text/plain without a CORS preflight.
    scope.removeContentTypeParser('text/plain')
    // The Apollo integration makes a URL of the Host header, which may hold anything (RFC 9112, 3.2).
    scope.addHook('onRequest', async ({ hostname }, reply) => {
      if (!URL.canParse(`http://${hostname}/`)) await sendError(reply, new DomainError('BAD_REQUEST'))
    })
    scope.post('/graphql', fastifyApolloHandler(server, { context }))
  })
}
