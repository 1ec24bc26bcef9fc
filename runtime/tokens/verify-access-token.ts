/** Verifies users' access tokens against auth's published keys (RFC 8725, RFC 9068), remembering the answer for a minute. */
import { createHash } from 'node:crypto'
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { LRUCache } from 'lru-cache'
import * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'
import type { Identity } from '#runtime/graphql/subgraph-context.ts'

export const accessTokenAudience = 'earshot-api'
export const accessTokenType = 'at+jwt'
export const accessTokenLifetimeSeconds = 600

/** An identity with the moment its token ends, in Unix milliseconds. */
export interface VerifiedIdentity extends Identity {
  readonly expiresAtMs: number
}

export interface AccessTokenVerifier {
  /**
   * @throws DomainError UNAUTHENTICATED for a token that is expired, forged, or meant for somebody else.
   * @throws Error when auth's keys cannot be had.
   */
  verify(token: string): Promise<VerifiedIdentity>
}

const memoryMs = 60_000

/** What a filter of the database may be asked with: no claim is believed for its signature alone. */
const claimsSchema = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  exp: z.number(),
  email_verified: z.boolean().default(false),
  guest: z.boolean().default(false),
})

/** The issuer is the public origin; keys come from `jwksUrl`, or from `getKey` where the keys are at hand. */
export function createAccessTokenVerifier(
  issuer: string,
  keys: string | JWTVerifyGetKey,
): AccessTokenVerifier {
  const getKey =
    typeof keys === 'string' ? createRemoteJWKSet(new URL(keys), { timeoutDuration: 5_000 }) : keys
  const remembered = new LRUCache<string, VerifiedIdentity>({ max: 10_000, ttl: memoryMs })
  return {
    async verify(token) {
      const key = createHash('sha256').update(token).digest('base64')
      const known = remembered.get(key)
      if (known !== undefined && known.expiresAtMs > Date.now()) return known
      const identity = await verifyNow(token, issuer, getKey)
      remembered.set(key, identity)
      return identity
    },
  }
}

async function verifyNow(token: string, issuer: string, getKey: JWTVerifyGetKey): Promise<VerifiedIdentity> {
  try {
    const { payload } = await jwtVerify(token, getKey, {
      algorithms: ['EdDSA'],
      issuer,
      audience: accessTokenAudience,
      typ: accessTokenType,
      maxTokenAge: accessTokenLifetimeSeconds,
      clockTolerance: 5,
      requiredClaims: ['sub', 'sid', 'exp', 'iat'],
    })
    const { sub, sid, exp, email_verified: emailVerified, guest: isGuest } = claimsSchema.parse(payload)
    return { userId: sub, sessionId: sid, emailVerified, isGuest, expiresAtMs: exp * 1000 }
  } catch (error) {
    const isJose = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)
    if (isJose || error instanceof z.ZodError) {
      throw new DomainError('UNAUTHENTICATED', undefined, { cause: error })
    }
    throw error
  }
}

/** The token of an Authorization header (`Bearer …`), or undefined. */
export function bearerToken(authorization: unknown): string | undefined {
  return typeof authorization === 'string' ? /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1] : undefined
}
