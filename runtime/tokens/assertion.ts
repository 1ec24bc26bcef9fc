/** Proof that a request to a subgraph comes from a service of ours: an HMAC over who calls whom, when, for whom, with what. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { RotatingKeys } from '#runtime/process/settings.ts'

/** The header (or graphql-ws extension) that carries an assertion. Clients' copies are stripped by the router. */
export const assertionHeader = 'x-earshot-assertion'

/** How far apart the two clocks plus the journey may be. */
export const assertionLifetimeMs = 30_000

export interface AssertionSubject {
  readonly caller: string
  readonly subgraph: string
  /** The raw HTTP body, or the operation's JSON on a WebSocket. */
  readonly body: string
  /** The user's access token, or '' without one. */
  readonly userToken: string
}

/** What the receiver learns from the assertion alone. */
export interface AssertionClaims {
  /** Of the client the request is for; null where a service asks for itself. */
  readonly clientAddress: string | null
  /** What the client says that it is (RFC 9110, 10.1.5), to be believed no more than that; null where it says nothing. */
  readonly userAgent: string | null
  /** No two assertions have the same, whatever they are about. */
  readonly nonce: string
}

/**
 * `v3.<caller>.<milliseconds>.<address>.<nonce>.<HMAC-SHA256>`, from the client's address on in base64url. The nonce is random bytes,
 * and after them what the client says that it is: to processes of a version before that, it is a nonce like any other.
 */
export function signAssertion(
  subject: AssertionSubject & Partial<Pick<AssertionClaims, 'clientAddress' | 'userAgent'>>,
  keys: RotatingKeys,
  nowMs = Date.now(),
): string {
  const address = Buffer.from(subject.clientAddress ?? '').toString('base64url')
  const nonce = Buffer.concat([randomBytes(randomLength), Buffer.from(subject.userAgent ?? '')])
  const stated = [String(nowMs), address, nonce.toString('base64url')] as const
  return ['v3', subject.caller, ...stated, mac(subject, stated, keys[0])].join('.')
}

const randomLength = 16

/** Null unless the assertion was made by the holder of one of the keys, for this very request, at most 30 s ago. */
export function verifyAssertion(
  assertion: string,
  subject: AssertionSubject,
  keys: RotatingKeys,
  nowMs = Date.now(),
): AssertionClaims | null {
  const [version, caller, time, address, nonce, signature, ...rest] = assertion.split('.')
  const madeAtMs = Number(time)
  if (version !== 'v3' || caller !== subject.caller || time === undefined || address === undefined)
    return null
  if (nonce === undefined || signature === undefined || rest.length > 0) return null
  if (!Number.isSafeInteger(madeAtMs) || Math.abs(nowMs - madeAtMs) > assertionLifetimeMs) return null
  // As it is spelled, each part: a number, and base64url, have several spellings of the same.
  const given = Buffer.from(signature)
  const isGood = keys.some((key) => {
    const expected = Buffer.from(mac(subject, [time, address, nonce], key))
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!isGood) return null
  const clientAddress = Buffer.from(address, 'base64url').toString() || null
  const userAgent = Buffer.from(nonce, 'base64url').subarray(randomLength).toString() || null
  return { clientAddress, userAgent, nonce }
}

/** The caller an assertion claims to be from; to be believed only after `verifyAssertion`. */
export function claimedCaller(assertion: string): string {
  return assertion.split('.')[1] ?? ''
}

function mac(
  { caller, subgraph, body, userToken }: AssertionSubject,
  stated: readonly [time: string, address: string, nonce: string],
  key: Buffer,
): string {
  const bodyHash = createHash('sha256').update(body).digest('hex')
  // Each part's length is fixed or free of newlines, so no two requests share a text.
  return createHmac('sha256', key)
    .update(['v3', caller, subgraph, ...stated, bodyHash, userToken].join('\n'))
    .digest('base64url')
}

export interface LiveOperation {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Record<string, unknown> | null | undefined
}

/** The text an assertion covers on a WebSocket, where no raw body exists. */
export function liveOperationBody({ query, operationName, variables }: LiveOperation): string {
  return JSON.stringify({ query, operationName: operationName ?? null, variables: variables ?? {} })
}

/**
 * The text an assertion covers where bytes pass, which cannot be hashed before they have. It is no GraphQL request, so that
 * one can never stand for the other.
 */
export function byteRequestBody({ method, url }: Pick<IncomingMessage, 'method' | 'url'>): string {
  return `${method} ${url}`
}
