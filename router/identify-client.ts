/** Verifies a client's access token in the router, before any subgraph is asked. */
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import { bearerToken, type AccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import type { EndedSessions } from '#router/sessions/ended-sessions.ts'
import type { Client } from './router-context.ts'

/**
 * Null without a token.
 * @throws DomainError UNAUTHENTICATED for a token that is not valid, SERVICE_UNAVAILABLE when it cannot be verified now.
 */
export type IdentifyClient = (authorization: unknown) => Promise<Client | null>

/** @param ended The sessions whose tokens are no longer good although they have not expired. */
export function createClientIdentification(
  accessTokens: AccessTokenVerifier,
  ended: Pick<EndedSessions, 'has'>,
  log: Logger,
): IdentifyClient {
  return async (authorization) => {
    if (authorization === undefined || authorization === null) return null
    const token = bearerToken(authorization)
    if (token === undefined) {
      throw new DomainError('UNAUTHENTICATED', 'Send the access token as "Bearer <token>".')
    }
    try {
      const identity = await accessTokens.verify(token)
      if (ended.has(identity.sessionId)) throw new DomainError('UNAUTHENTICATED')
      return { authorization: `Bearer ${token}`, identity }
    } catch (error) {
      if (error instanceof DomainError) throw error
      log.warn({ err: error }, 'access tokens cannot be verified; clients are told SERVICE_UNAVAILABLE')
      throw new DomainError('SERVICE_UNAVAILABLE', undefined, { cause: error })
    }
  }
}
