/** The keys that sign access tokens: private to this subgraph, published as a JWK set (RFC 7517, RFC 8037). */
import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto'
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

/** @throws Error unless the text is a JSON array of at least one private Ed25519 JWK, each with a kid of its own. */
export function parseSigningKeys(text: string): [SigningKey, ...SigningKey[]] {
  const keys = z.array(privateKeySchema).min(1).parse(JSON.parse(text))
  for (const key of keys) {
    // Node takes the private half alone; one that does not fit the published half would sign what nobody verifies.
    const { x } = createPublicKey(createPrivateKey({ key, format: 'jwk' })).export({ format: 'jwk' })
    if (x !== key.x) throw new Error('the halves of a key do not fit')
  }
  // A verifier that finds two keys by one kid takes neither.
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw new Error('two keys share a kid')
  return keys as [SigningKey, ...SigningKey[]]
}

/** An Ed25519 private key in PKCS #8 is this and its 32 bytes (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A key for another purpose, made of this one (HKDF, RFC 5869): what either signs, the other does not verify. */
export function keyForPurpose(purpose: string, { d, kid }: SigningKey): SigningKey {
  const seed = secretForPurpose(purpose, { d })
  const der = Buffer.concat([pkcs8Prefix, seed])
  const { x } = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({
    format: 'jwk',
  })
  return { kty: 'OKP', crv: 'Ed25519', kid, x: x!, d: seed.toString('base64url') }
}

/** 32 bytes that nobody has who has not this key. */
export const secretForPurpose = (purpose: string, { d }: Pick<SigningKey, 'd'>): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', `earshot ${purpose}`, 32))

/** What verifiers may see of the keys. */
export function publicKeySet(keys: readonly SigningKey[]): JSONWebKeySet {
  return { keys: keys.map(({ kty, crv, kid, x }): JWK => ({ kty, crv, kid, x, alg: 'EdDSA', use: 'sig' })) }
}

export const localKeys = (keys: readonly SigningKey[]): JWTVerifyGetKey =>
  createLocalJWKSet(publicKeySet(keys))
