/** Signs access tokens as auth would, for tests. */
import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose'
import { accessTokenAudience, accessTokenType } from '#runtime/tokens/verify-access-token.ts'

export interface TokenIssuer {
  readonly keySet: JSONWebKeySet
  /** An Authorization header's value. */
  bearer(
    userId: string,
    options?: { lifetimeMs?: number; issuer?: string; sessionId?: string; isGuest?: boolean },
  ): Promise<string>
}

export async function createTokenIssuer(issuer: string): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const kid = 'test'
  return {
    keySet: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] },
    async bearer(userId, options = {}) {
      const now = Date.now()
      const token = await new SignJWT({
        sid: options.sessionId ?? `session-of-${userId}`,
        guest: options.isGuest ?? false,
      })
        .setProtectedHeader({ alg: 'EdDSA', typ: accessTokenType, kid })
        .setSubject(userId)
        .setIssuer(options.issuer ?? issuer)
        .setAudience(accessTokenAudience)
        .setIssuedAt(now / 1000)
        // Fractions are allowed (RFC 7519, NumericDate), and let a test wait for an end that is near.
        .setExpirationTime((now + (options.lifetimeMs ?? 600_000)) / 1000)
        .setJti(crypto.randomUUID())
        .sign(privateKey)
      return `Bearer ${token}`
    },
  }
}
