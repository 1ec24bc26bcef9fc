/** Verifies the access token of a client at the edge, before any subgraph is bothered. */
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import { bearerToken, type AccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import type { Client } from './router-context.ts'

/**
 * Null without a token.
 * @throws DomainError UNAUTHENTICATED for a token that is not good, SERVICE_UNAVAILABLE when that cannot be told.
 */
export type IdentifyClient = (authorization: unknown) => Promise<Client | null>

export function createClientIdentification(accessTokens: AccessTokenVerifier, log: Logger): IdentifyClient {
  return async (authorization) => {
    if (authorization === undefined || authorization === null) return null
    const token = bearerToken(authorization)
    if (token === undefined) {
      throw new DomainError('UNAUTHENTICATED', 'Send the access token as "Bearer <token>".')
    }
    try {
      return { authorization: `Bearer ${token}`, identity: await accessTokens.verify(token) }
    } catch (error) {
      if (error instanceof DomainError) throw error
      log.warn({ err: error }, 'access tokens cannot be verified')
      throw new DomainError('SERVICE_UNAVAILABLE', undefined, { cause: error })
    }
  }
}
