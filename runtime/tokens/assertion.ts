/** Proof that a request to a subgraph comes from a service of ours: an HMAC over who calls whom, when, with what. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { RotatingKeys } from '#runtime/process/settings.ts'

/** The header (or graphql-ws extension) that carries an assertion. Clients' copies are stripped by the router. */
export const assertionHeader = 'x-earshot-assertion'

/** How far apart the two clocks plus the journey may be. */
const lifetimeMs = 30_000

export interface AssertionSubject {
  readonly caller: string
  readonly subgraph: string
  /** The raw HTTP body, or the operation's JSON on a WebSocket. */
  readonly body: string
  /** The user's access token, or '' without one. */
  readonly userToken: string
}

/** `v1.<caller>.<milliseconds>.<base64url of the HMAC-SHA256>` */
export function signAssertion(subject: AssertionSubject, keys: RotatingKeys, nowMs = Date.now()): string {
  return `v1.${subject.caller}.${nowMs}.${mac(subject, nowMs, keys[0]).toString('base64url')}`
}

/** Whether the assertion was made by the holder of one of the keys, for this very request, at most 30 s ago. */
export function verifyAssertion(
  assertion: string,
  subject: AssertionSubject,
  keys: RotatingKeys,
  nowMs = Date.now(),
): boolean {
  const [version, caller, time, signature, ...rest] = assertion.split('.')
  const madeAtMs = Number(time)
  if (version !== 'v1' || caller !== subject.caller || signature === undefined || rest.length > 0)
    return false
  if (!Number.isSafeInteger(madeAtMs) || Math.abs(nowMs - madeAtMs) > lifetimeMs) return false
  const given = Buffer.from(signature, 'base64url')
  return keys.some((key) => {
    const expected = mac(subject, madeAtMs, key)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

/** The caller an assertion claims to be from; to be believed only after `verifyAssertion`. */
export function claimedCaller(assertion: string): string {
  return assertion.split('.')[1] ?? ''
}

function mac({ caller, subgraph, body, userToken }: AssertionSubject, timeMs: number, key: Buffer): Buffer {
  const bodyHash = createHash('sha256').update(body).digest('hex')
  // Each part's length is fixed or free of newlines, so no two requests share a text.
  return createHmac('sha256', key)
    .update(['v1', caller, subgraph, timeMs, bodyHash, userToken].join('\n'))
    .digest()
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
