/** Access tokens that are not good, made of a good one by whoever has the signing key (mistakes of ours) or has not (forgeries). */
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { JsonWebKey, KeyObject } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'

export interface GenuineToken {
  readonly token: string
  /** Auth's own, private. */
  readonly signingKey: JsonWebKey
}

type Claims = Readonly<Record<string, unknown>>

/** @param elsewhere A server of the attacker's, whose keys some of them point to. */
export function forgedTokens(genuine: GenuineToken, elsewhere: string): ReadonlyMap<string, string> {
  const header = { ...decodeProtectedHeader(genuine.token) }
  const claims = { ...decodeJwt(genuine.token) }
  return new Map([
    ...forgedSignatures(genuine, header, claims),
    ...pointedKeys(header, claims, elsewhere),
    ...wrongHeaders(genuine, header, claims),
    ...wrongClaims(genuine, header, claims),
  ])
}

type Named = readonly [name: string, token: string]

/** Good in every part but the signature. */
function forgedSignatures({ token, signingKey }: GenuineToken, header: Claims, claims: Claims): Named[] {
  const published = createPublicKey({ key: signingKey, format: 'jwk' })
  const { x, kid } = signingKey as { x: string; kid: string }
  const [head, , signature] = token.split('.') as [string, string, string]
  const unsigned = (alg: unknown) => `${part({ ...header, alg })}.${part(claims)}.`
  const secrets: Record<string, string | Buffer> = {
    'its bytes': Buffer.from(x, 'base64url'),
    'its text': x,
    'its PEM': published.export({ type: 'spki', format: 'pem' }),
    'its DER': published.export({ type: 'spki', format: 'der' }),
    'its JWK': JSON.stringify(published.export({ format: 'jwk' })),
    'an empty secret': '',
  }
  return [
    ...['none', 'None', 'NONE', 'nOnE', '', null, ['none'], {}].map(
      (alg) => [`alg ${JSON.stringify(alg)}`, unsigned(alg)] as const,
    ),
    ['no signature', token.slice(0, token.lastIndexOf('.') + 1)],
    ['two parts', token.slice(0, token.lastIndexOf('.'))],
    ['four parts', `${token}.${signature}`],
    ['five parts, as if it were encrypted', `${token}.${signature}.${signature}`],
    ['a signature of zeros', `${head}.${part(claims)}.${Buffer.alloc(64).toString('base64url')}`],
    ['half a signature', token.slice(0, -43)],
    ['the signature of other claims', `${head}.${part({ ...claims, sub: 'somebody' })}.${signature}`],
    [
      'the signature of a guest, or of no proven address',
      `${head}.${part({ ...claims, guest: false, email_verified: true, more: 1 })}.${signature}`,
    ],
    [
      'the signature of another header',
      `${part({ ...header, extra: 1 })}.${token.split('.')[1]}.${signature}`,
    ],
    ...Object.entries(secrets).flatMap(([what, secret]) =>
      ['HS256', 'HS512'].map(
        (alg) =>
          [
            `${alg} by ${what} of the published key`,
            hmacSigned({ alg, typ: 'at+jwt', kid }, claims, secret),
          ] as const,
      ),
    ),
    ['HMAC called EdDSA', hmacSigned(header, claims, Buffer.from(x, 'base64url'))],
  ]
}

/** By a key of the attacker's, and where to find it. */
function pointedKeys(header: Claims, claims: Claims, elsewhere: string): Named[] {
  const own = generateKeyPairSync('ed25519')
  const jwk = { ...own.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'EdDSA', use: 'sig' }
  const { kid: _, ...nameless } = header
  const by = (further: Claims) => edSigned({ ...header, ...further }, claims, own.privateKey)
  const kids = [
    'own',
    '',
    '../../../dev/null',
    "' OR 1=1 --",
    '__proto__',
    'constructor',
    0,
    null,
    [header['kid']],
    {},
  ]
  return [
    ['another key under the same kid', by({})],
    ['another key without a kid', edSigned(nameless, claims, own.privateKey)],
    ...kids.map((kid) => [`another key under the kid ${JSON.stringify(kid)}`, by({ kid })] as const),
    ['an embedded jwk', by({ jwk })],
    ['an embedded jwk of its own kid', by({ jwk, kid: 'own' })],
    ['a jku elsewhere', by({ jku: `${elsewhere}/jku`, kid: 'own' })],
    ['an x5u elsewhere', by({ x5u: `${elsewhere}/x5u` })],
    ['an x5c', by({ x5c: [own.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] })],
    ['an issuer elsewhere', edSigned(header, { ...claims, iss: elsewhere }, own.privateKey)],
  ]
}

/** By the very key. */
function wrongHeaders({ signingKey }: GenuineToken, header: Claims, claims: Claims): Named[] {
  const key = createPrivateKey({ key: signingKey, format: 'jwk' })
  const further: Record<string, Claims> = {
    'typ JWT': { typ: 'JWT' },
    'typ of a verification token': { typ: 'verify-email+jwt' },
    'no typ': { typ: undefined },
    'a typ that is a list': { typ: ['at+jwt'] },
    'alg Ed25519': { alg: 'Ed25519' },
    'alg ES256': { alg: 'ES256' },
    'no alg': { alg: undefined },
    'a kid that nobody has': { kid: 'nobody' },
    'an empty crit': { crit: [] },
    'a crit of what is unknown': { crit: ['more'], more: true },
    'a crit of exp': { crit: ['exp'] },
    'b64 false': { b64: false, crit: ['b64'] },
    'a crit that is no list': { crit: 'b64', b64: true },
  }
  const text = JSON.stringify(header)
  return [
    ...Object.entries(further).map(
      ([name, parts]) => [name, edSigned({ ...header, ...parts }, claims, key)] as const,
    ),
    ['a header that is a list', edSigned([header], claims, key)],
    ['a header that is no JSON', edSigned(text.slice(0, -1), claims, key)],
    ['a header whose last alg is none', edSigned(`${text.slice(0, -1)},"alg":"none"}`, claims, key)],
    ['claims that are a list', edSigned(header, [claims], key)],
    ['claims that are no JSON', edSigned(header, 'sub', key)],
    ['claims that are null', edSigned(header, null, key)],
  ]
}

/** By the very key. */
function wrongClaims({ signingKey }: GenuineToken, header: Claims, claims: Claims): Named[] {
  const key = createPrivateKey({ key: signingKey, format: 'jwk' })
  const now = Math.floor(Date.now() / 1_000)
  const anybody = { $ne: null }
  const further: Record<string, Claims> = {
    expired: { iat: now - 500, exp: now - 10 },
    'older than tokens get': { iat: now - 700, exp: now + 600 },
    'of the future': { iat: now + 600, exp: now + 1_200 },
    'not good yet': { nbf: now + 600 },
    'no exp': { exp: undefined },
    'an exp that is a text': { exp: String(now + 600) },
    'an exp that is null': { exp: null },
    'no iat': { iat: undefined },
    'no sid': { sid: undefined },
    'no sub': { sub: undefined },
    'an empty sub': { sub: '' },
    'an empty sid': { sid: '' },
    'a sub that is an operator': { sub: anybody },
    'a sub that is a list': { sub: [claims['sub']] },
    'a sub that is a number': { sub: 1 },
    'a sid that is an operator': { sid: anybody },
    'email_verified that is a text': { email_verified: 'true' },
    'guest that is a text': { guest: 'false' },
    'another audience': { aud: 'earshot-download' },
    'the audience of verification tokens': { aud: 'earshot-verify-email' },
    'an audience in capitals': { aud: 'EARSHOT-API' },
    'an audience that is an object': { aud: { 'earshot-api': true } },
    'no audience': { aud: undefined },
    'another issuer': { iss: 'https://elsewhere.example' },
    'an issuer with a slash': { iss: `${String(claims['iss'])}/` },
    'an issuer that begins like ours': { iss: `${String(claims['iss'])}.elsewhere.example` },
    'an issuer that is a list': { iss: [claims['iss']] },
    'no issuer': { iss: undefined },
  }
  return Object.entries(further).map(([name, parts]) => [
    name,
    edSigned(header, { ...claims, ...parts }, key),
  ])
}

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

function edSigned(header: unknown, claims: unknown, key: KeyObject): string {
  const text = `${part(header)}.${part(claims)}`
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}

function hmacSigned(header: Claims, claims: Claims, secret: string | Buffer): string {
  const text = `${part(header)}.${part(claims)}`
  const hash = header['alg'] === 'HS512' ? 'sha512' : 'sha256'
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}
