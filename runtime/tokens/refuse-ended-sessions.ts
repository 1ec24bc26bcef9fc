/** Access tokens are no longer good once their session has ended, although they have not expired. */
import { DomainError } from '#runtime/domain-error.ts'
import type { AccessTokenVerifier } from './verify-access-token.ts'

export function refuseEndedSessions(
  accessTokens: AccessTokenVerifier,
  hasEnded: (sessionId: string) => Promise<boolean> | boolean,
): AccessTokenVerifier {
  return {
    async verify(token) {
      const identity = await accessTokens.verify(token)
      if (await hasEnded(identity.sessionId)) throw new DomainError('UNAUTHENTICATED')
      return identity
    },
  }
}
