/** The keys that sign access tokens: private to this subgraph, published as a JWK set (RFC 7517, RFC 8037). */
import { createLocalJWKSet, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from 'jose'
import * as z from 'zod'

const privateKeySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string().min(1),
  x: z.string().min(1),
  d: z.string().min(1),
})

export type SigningKey = z.infer<typeof privateKeySchema>

/** @throws Error unless the text is a JSON array of at least one private Ed25519 JWK with a kid. */
export function parseSigningKeys(text: string): [SigningKey, ...SigningKey[]] {
  const keys = z.array(privateKeySchema).min(1).parse(JSON.parse(text))
  return keys as [SigningKey, ...SigningKey[]]
}

/** What verifiers may see of the keys. */
export function publicKeySet(keys: readonly SigningKey[]): JSONWebKeySet {
  return { keys: keys.map(({ kty, crv, kid, x }): JWK => ({ kty, crv, kid, x, alg: 'EdDSA', use: 'sig' })) }
}

export const localKeys = (keys: readonly SigningKey[]): JWTVerifyGetKey =>
  createLocalJWKSet(publicKeySet(keys))
