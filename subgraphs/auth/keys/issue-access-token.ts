/** Issues access tokens (RFC 9068): short-lived, signed, and good for the API alone. */
import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import {
  accessTokenAudience,
  accessTokenLifetimeSeconds,
  accessTokenType,
} from '#runtime/tokens/verify-access-token.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'
import type { SigningKey } from './signing-keys.ts'

export interface AccessToken {
  readonly token: string
  readonly expiresAt: Date
}

export type IssueAccessToken = (identity: Identity) => Promise<AccessToken>

export async function createAccessTokenIssuer(
  issuer: string,
  key: SigningKey,
  now: () => Date,
): Promise<IssueAccessToken> {
  const signingKey = await importJWK(key, 'EdDSA')
  return async ({ userId, sessionId, emailVerified, isGuest }) => {
    const issuedAt = Math.floor(now().getTime() / 1000)
    const expiresAt = issuedAt + accessTokenLifetimeSeconds
    const token = await new SignJWT({ sid: sessionId, email_verified: emailVerified, guest: isGuest })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: accessTokenType })
      .setIssuer(issuer)
      .setAudience(accessTokenAudience)
      .setSubject(userId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(signingKey)
    return { token, expiresAt: new Date(expiresAt * 1000) }
  }
}
