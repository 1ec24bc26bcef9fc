/** The token of a download link: for one MP3, until a moment, and only while its owner has not revoked it. */
import { createHmac } from 'node:crypto'
import { jwtVerify, errors } from 'jose'
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

/**
 * An HS256 JWT (RFC 7515, A.1) with an audience and keys of its own, so that no other token passes for a link. Made by hand: one
 * page of an account may have thousands of links, and the library takes twenty times as long, as its hash is asynchronous.
 */
export async function signLinkToken(
  subject: LinkSubject,
  expiresAt: Date,
  keys: RotatingKeys,
): Promise<string> {
  const claims = {
    mp3: subject.mp3Id,
    gen: subject.linkGeneration,
    sub: subject.conversionId,
    aud: audience,
    exp: Math.floor(expiresAt.getTime() / 1000),
  }
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${signed}.${createHmac('sha256', keys[0]).update(signed).digest('base64url')}`
}

const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'link+jwt' })).toString('base64url')

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
