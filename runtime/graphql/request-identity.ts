/** Who sent a request to a subgraph: the service by its assertion, the user by the access token it passed on. */
import { LRUCache } from 'lru-cache'
import type { AccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import { assertionLifetimeMs, claimedCaller, verifyAssertion } from '#runtime/tokens/assertion.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Caller, Identity, SubgraphContext } from './subgraph-context.ts'

export interface RequestProof {
  readonly assertion: unknown
  /** The raw HTTP body, or the operation's JSON on a WebSocket. */
  readonly body: string
  /** The Authorization header as the client sent it, if any. */
  readonly authorization: unknown
}

export interface RequestIdentityDependencies {
  readonly subgraph: string
  /** The keys of each caller the subgraph trusts. */
  readonly callers: Partial<Record<Caller, RotatingKeys>>
  readonly accessTokens: AccessTokenVerifier
  /** Whether an operation needs no access token: one that is no longer good is none then. By default all need theirs. */
  readonly needsNoToken?: (query: unknown, badToken: string) => boolean
}

export type RequestIdentity = Pick<SubgraphContext, 'caller' | 'identity' | 'clientAddress' | 'userAgent'>

export type IdentifyRequest = (proof: RequestProof) => Promise<RequestIdentity>

/** @throws DomainError UNAUTHENTICATED when the caller is not one of ours, or the user's token is no longer good. */
export function createRequestIdentity({
  subgraph,
  callers,
  accessTokens,
  needsNoToken = () => false,
}: RequestIdentityDependencies): IdentifyRequest {
  const isFirstUse = createFirstUse()
  const verify = async (userToken: string) => (userToken === '' ? null : await accessTokens.verify(userToken))
  return async ({ assertion, body, authorization }) => {
    const caller = typeof assertion === 'string' ? (claimedCaller(assertion) as Caller) : undefined
    const keys = caller !== undefined && Object.hasOwn(callers, caller) ? callers[caller] : undefined
    const userToken = bearerToken(authorization) ?? ''
    const claims =
      caller !== undefined && keys !== undefined
        ? verifyAssertion(assertion as string, { caller, subgraph, body, userToken }, keys)
        : null
    if (caller === undefined || claims === null || !isFirstUse(claims.nonce)) {
      throw new DomainError('UNAUTHENTICATED', 'This endpoint answers our own services only.')
    }
    if (authorization !== undefined && userToken === '') throw new DomainError('UNAUTHENTICATED')
    // The router may have let it pass a moment ago: before it ran out, or before it was told that the session has ended.
    const identity = await verify(userToken).catch((error: unknown) => {
      if (error instanceof DomainError && needsNoToken(queryOf(body), userToken)) return null
      throw error
    })
    return { caller, identity, clientAddress: claims.clientAddress, userAgent: claims.userAgent }
  }
}

/** Undefined where the body is none that holds one. */
function queryOf(body: string): unknown {
  try {
    return (JSON.parse(body) as { readonly query?: unknown } | null)?.query
  } catch {
    return undefined
  }
}

/** Whoever reads an assertion on its way could send it again for as long as it lives. */
function createFirstUse(): (nonce: string) => boolean {
  // An assertion of a clock that is ahead lives for twice as long.
  const used = new LRUCache<string, true>({ max: 200_000, ttl: 2 * assertionLifetimeMs })
  return (nonce) => {
    if (used.has(nonce)) return false
    used.set(nonce, true)
    return true
  }
}

/** The signed-in user. @throws DomainError UNAUTHENTICATED without one. */
export function requireIdentity(context: { readonly identity: Identity | null }): Identity {
  if (context.identity === null)
    throw new DomainError('UNAUTHENTICATED', 'Sign in first: this needs an access token.')
  return context.identity
}
