/** Lets an operation that comes by HTTP in: it is judged and charged first, then its client is identified. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '#runtime/domain-error.ts'
import { isSessionOperation } from '#runtime/graphql/session-operation.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import { leavingSignalOf } from '#runtime/process/leaving-client.ts'
import type { Logger } from '#runtime/process/log.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import type { JudgeOperation } from '#router/guard/operation-guard.ts'
import type { IdentifyClient } from '#router/identify-client.ts'
import type { RouterContext } from '#router/router-context.ts'
import { conditionalRootError } from '#router/subscriptions/conditional-root.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'
import { userAgentOf } from '#router/user-agent.ts'
import { requestError } from './client-errors.ts'
import { askedOperation } from './graphql-request.ts'

export interface OperationContextDependencies {
  readonly identify: IdentifyClient
  readonly judge: JudgeOperation
  readonly clientAddressOf: ClientAddressOf
  readonly charge: ChargeClient
  readonly log: Logger
}

/** What it makes throws what Apollo Server answers where the operation is refused. */
export function createOperationContext({
  identify,
  judge,
  clientAddressOf,
  charge,
  log,
}: OperationContextDependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<RouterContext> => {
    const requestId = request.id
    const clientAddress = clientAddressOf(request.raw)
    try {
      const asked = askedOperation(request)
      let cost = 0
      const ofAddress = (sum: number) => charge.address(clientAddress, (cost = sum))
      const refused = asked && (judge(asked, ofAddress) ?? conditionalRootError(asked.query))
      if (refused) throw refused
      const identified = identify(request.headers.authorization)
      // Who renews or ends a session often still sends the token that has expired.
      const client = await identified.catch((error: unknown) => {
        const badToken = bearerToken(request.headers.authorization)
        if (error instanceof DomainError && isSessionOperation(asked?.query, badToken)) return null
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
}
