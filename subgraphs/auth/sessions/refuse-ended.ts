/** Access tokens are no longer good here once their session has ended, although they have not expired. */
import { DomainError } from '#runtime/domain-error.ts'
import type { AccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import type { SessionStore } from './session-store.ts'

export function refuseEnded(
  accessTokens: AccessTokenVerifier,
  store: Pick<SessionStore, 'readSession'>,
): AccessTokenVerifier {
  return {
    async verify(token) {
      const identity = await accessTokens.verify(token)
      const session = await store.readSession(identity.sessionId)
      if (!session || session.ended) throw new DomainError('UNAUTHENTICATED')
      return identity
    },
  }
}
