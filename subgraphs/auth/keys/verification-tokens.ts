/** Tokens that prove an address when they come back from its inbox: stateless, for one address, one day. */
import { createHash } from 'node:crypto'
import { errors, importJWK, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import type { AccountDocument } from '#schema/documents/user-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { canonicalAddress } from '#auth/accounts/email-address.ts'
import { localKeys, type SigningKey } from './signing-keys.ts'

const audience = 'earshot-verify-email'
const type = 'verify-email+jwt'

const claimsSchema = z.object({ sub: z.string(), address: z.string() })

export interface VerificationTokens {
  issue(user: AccountDocument): Promise<string>
  /** @throws DomainError VERIFICATION_TOKEN_INVALID. */
  verify(token: string): Promise<{ readonly userId: string; readonly addressHash: string }>
}

/** Ties a token to the address it was sent to, without showing that address. */
export const hashAddress = (emailCanonical: string): string =>
  createHash('sha256').update(emailCanonical).digest('base64url')

export async function createVerificationTokens(
  issuer: string,
  keys: readonly [SigningKey, ...SigningKey[]],
  now: () => Date,
): Promise<VerificationTokens> {
  const [key] = keys
  const signingKey = await importJWK(key, 'EdDSA')
  const known = localKeys(keys)
  return {
    issue: async (user) => {
      const issuedAt = Math.floor(now().getTime() / 1000)
      return await new SignJWT({ address: hashAddress(canonicalAddress(user.email)) })
        .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: type })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(user._id)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 24 * 3600)
        .sign(signingKey)
    },
    async verify(token) {
      try {
        const options = { algorithms: ['EdDSA'], issuer, audience, typ: type, currentDate: now() }
        const { payload } = await jwtVerify(token, known, options)
        const { sub, address } = claimsSchema.parse(payload)
        return { userId: sub, addressHash: address }
      } catch (error) {
        if (!(error instanceof errors.JOSEError || error instanceof z.ZodError)) throw error
        throw new DomainError('VERIFICATION_TOKEN_INVALID', undefined, { cause: error })
      }
    },
  }
}
