/** POST /guests: lets a visitor in who has no account, with a session such as `signUp` answers. */
import type { FastifyInstance } from 'fastify'
import { isErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { leavingSignalOf } from '#runtime/process/leaving-client.ts'
import { readSubgraphAnswer } from '#router/federation/read-subgraph-answer.ts'
import { createSubgraphSender } from '#router/federation/subgraph-sender.ts'
import type { SubgraphAnswer } from '#router/federation/unique-representations.ts'
import { sendError } from '#router/graphql/http-errors.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'
import { userAgentOf } from '#router/user-agent.ts'

export interface GuestsDependencies {
  /** Where auth is. */
  readonly origin: string
  readonly keys: RotatingKeys
  readonly clientAddressOf: ClientAddressOf
  readonly charge: Pick<ChargeClient, 'address'>
  readonly log: Logger
}

const body = JSON.stringify({
  query: `mutation BeginGuest { beginGuest {
    session {
      id accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt
      user { id email emailVerified locale createdAt }
    }
    nextStep { kind token }
  } }`,
})

/** As much as `signUp` costs. */
const cost = 70

/** Room for `{}`. */
const bodyLimitBytes = 1_024

export function addGuests(
  http: FastifyInstance,
  { origin, keys, clientAddressOf, charge, log }: GuestsDependencies,
): AsyncDisposable {
  const sender = createSubgraphSender({ subgraph: 'auth', origin, keys })
  http.post('/guests', {
    bodyLimit: bodyLimitBytes,
    // Pages of other origins may post anything else without a CORS preflight, an empty body too.
    async onRequest({ headers }, reply) {
      if (!/^application\/json *(;|$)/i.test(headers['content-type'] ?? ''))
        return await sendError(reply, new DomainError('BAD_REQUEST', 'Send {} as application/json.'), 415)
    },
    async handler(request, reply) {
      const clientAddress = clientAddressOf(request.raw)
      const putOff = charge.address(clientAddress, cost)
      if (putOff) throw putOff
      const requestId = request.id
      const context = {
        requestId,
        clientAddress,
        userAgent: userAgentOf(request.raw),
        client: () => null,
        log: log.child({ requestId }),
      }
      const answer = await sender.send(body, context, leavingSignalOf(reply))
      return await reply
        .header('cache-control', 'no-store')
        .send(sessionOf(readSubgraphAnswer(answer, 'auth', context)))
    },
  })
  return sender
}

/** @throws DomainError as auth says, or SERVICE_UNAVAILABLE. */
function sessionOf({ data, errors }: SubgraphAnswer): unknown {
  if (data) return data['beginGuest']
  const { message, extensions: { code, ...details } = {} } = errors?.[0] ?? {}
  throw new DomainError(isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR', message, { details })
}
