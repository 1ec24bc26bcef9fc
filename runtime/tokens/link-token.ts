/** The token of a download link: for one MP3, until a moment, and only while its owner has not revoked it. */
import { jwtVerify, SignJWT, errors } from 'jose'
import * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'

const audience = 'earshot-download'

const claimsSchema = z.object({ sub: z.string(), mp3: z.string(), gen: z.int(), exp: z.int() })

export interface LinkSubject {
  readonly conversionId: string
  readonly mp3Id: string
  /** The conversion's link generation when the link was made. */
  readonly linkGeneration: number
}

/** An HS256 JWT with an audience and keys of its own, so that no other token passes for a link. */
export async function signLinkToken(
  subject: LinkSubject,
  expiresAt: Date,
  keys: RotatingKeys,
): Promise<string> {
  return await new SignJWT({ mp3: subject.mp3Id, gen: subject.linkGeneration })
    .setProtectedHeader({ alg: 'HS256', typ: 'link+jwt' })
    .setSubject(subject.conversionId)
    .setAudience(audience)
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(keys[0])
}

/** @throws DomainError LINK_INVALID or LINK_EXPIRED. */
export async function verifyLinkToken(token: string, keys: RotatingKeys): Promise<LinkSubject> {
  for (const key of keys) {
    try {
      const verified = await jwtVerify(token, key, { algorithms: ['HS256'], audience, typ: 'link+jwt' })
      const claims = claimsSchema.parse(verified.payload)
      return { conversionId: claims.sub, mp3Id: claims.mp3, linkGeneration: claims.gen }
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new DomainError('LINK_EXPIRED', undefined, { cause: error })
    }
  }
  throw new DomainError('LINK_INVALID')
}

/** Where a link token is redeemed. */
export const downloadUrl = (publicUrl: string, token: string) => `${publicUrl}/downloads/${token}`
